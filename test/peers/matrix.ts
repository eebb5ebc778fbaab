import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../host/ports';
import { CACHE, run, step } from '../../host/step';
import { startService, type Service } from '../system/service';
import { answers } from './directus';

const FOLDER = join(CACHE, 'peers', 'matrix');
const BIN = join(FOLDER, 'bin');
const MANY = { per_second: 1000, burst_count: 1000 };

/** A running homeserver of Matrix (Synapse), and who logs in to it. */
export interface Matrix extends Service {
	baseUrl: string;
	user: string;
	password: string;
	/** How long a session is good for. */
	sessionSeconds: number;
}

/** Installs the pinned Synapse from PyPI below `.cache`, unless it is there already. It takes Python 3. */
export async function installMatrix(): Promise<void> {
	if (existsSync(join(FOLDER, 'installed'))) return;
	mkdirSync(FOLDER, { recursive: true });
	await step('Installing Synapse (150 MB, the first time only)', async () => {
		const log = 'peers-matrix';
		await run('python3', ['-m', 'venv', FOLDER], { cwd: FOLDER, log });
		const requirements = join(__dirname, 'matrix', 'requirements.txt');
		const args = ['-m', 'pip', 'install', '-q', '-r', requirements];
		await run(join(BIN, 'python'), args, { cwd: FOLDER, log });
		mkdirSync(join(FOLDER, 'installed'));
	});
}

/** Starts a new homeserver on the loopback interface. */
export async function startMatrix(): Promise<Matrix> {
	const data = join(FOLDER, 'data');
	rmSync(data, { recursive: true, force: true });
	mkdirSync(data);
	const port = await freePort();
	const baseUrl = `http://127.0.0.1:${port}`;
	const user = '@me:localhost';
	const password = 'fake-matrix-"quoted"&a=b+c%25 $& {{username}} \\é';
	// A shorter one would look like a unit that is wrong.
	const sessionSeconds = 12;
	const config = join(data, 'homeserver.json');
	const logConfig = join(data, 'log.json');
	writeFileSync(logConfig, '{ "version": 1 }');
	writeFileSync(
		config,
		JSON.stringify({
			server_name: 'localhost',
			listeners: [
				{ port, bind_addresses: ['127.0.0.1'], type: 'http', resources: [{ names: ['client'] }] },
			],
			database: { name: 'sqlite3', args: { database: join(data, 'homeserver.db') } },
			log_config: logConfig,
			pid_file: join(data, 'pid'),
			media_store_path: join(data, 'media'),
			signing_key_path: join(data, 'signing.key'),
			registration_shared_secret: 'fake-registration-secret',
			macaroon_secret_key: 'fake-macaroon-secret',
			form_secret: 'fake-form-secret',
			report_stats: false,
			trusted_key_servers: [],
			session_lifetime: `${sessionSeconds}s`,
			rc_login: { address: MANY, account: MANY, failed_attempts: MANY },
		}),
	);
	const python = join(BIN, 'python');
	const app = ['-m', 'synapse.app.homeserver', '--config-path', config];
	await run(python, [...app, '--generate-keys'], { cwd: data, log: 'peers-matrix-keys' });
	const service = await startService(python, app, {
		logFile: join(data, 'log'),
		port,
		isUp: () => answers(`${baseUrl}/health`),
	});
	const account = ['-u', 'me', '-p', password, '--no-admin', '-c', config, baseUrl];
	await run(join(BIN, 'register_new_matrix_user'), account, {
		cwd: data,
		log: 'peers-matrix-user',
	});
	return { ...service, baseUrl, user, password, sessionSeconds };
}
