import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../host/ports';
import { findProgram, foldersIn, startService, succeeds, type Service, type User } from './service';

const ADMIN = 'postgres';
const HOST = '127.0.0.1';

/** An empty PostgreSQL. */
export interface Postgres extends Service {
	/** How n8n is told to use it. */
	env: Record<string, string>;
	/** All that is in it, as text. */
	dump(): string;
}

/** Starts PostgreSQL on the loopback interface, with its data below a folder of `/tmp`. */
export async function startPostgres(folder: string): Promise<Postgres> {
	const data = join(folder, 'postgres');
	const user = ownUser();
	mkdirSync(data);
	if (user) {
		chmodSync(folder, 0o755);
		chownSync(data, user.uid, user.gid);
	}
	const program = (name: string) =>
		findProgram(
			name,
			foldersIn('/usr/lib/postgresql').map((version) => join(version, 'bin')),
		);
	const init = ['-D', data, '-U', ADMIN, '--auth=trust', '--encoding=UTF8', '--no-locale', '-N'];
	execFileSync(program('initdb'), init, { ...user, cwd: '/', stdio: 'pipe' });

	const port = await freePort();
	const address = ['-h', HOST, '-p', String(port), '-U', ADMIN];
	const settings = {
		listen_addresses: HOST,
		port,
		// Its usual folder exists only where Debian's own server has been started.
		unix_socket_directories: '',
		fsync: 'off',
	};
	const service = await startService(
		program('postgres'),
		[
			'-D',
			data,
			...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		],
		{
			logFile: join(folder, 'postgres.log'),
			port,
			user,
			isUp: () => succeeds(program('pg_isready'), address),
		},
	);
	return {
		...service,
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: HOST,
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_USER: ADMIN,
			DB_POSTGRESDB_DATABASE: ADMIN,
		},
		dump: () =>
			execFileSync(program('pg_dump'), [...address, ADMIN], {
				encoding: 'utf8',
				maxBuffer: 1024 ** 3,
			}),
	};
}

/** PostgreSQL refuses to run as root. */
function ownUser(): User | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (option: string) =>
		Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}
