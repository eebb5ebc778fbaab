import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../host/ports';
import { CACHE, run, step } from '../../host/step';
import { startService, type Service } from '../system/service';
import { answers } from './directus';

const FOLDER = join(CACHE, 'peers', 'django');
const PYTHON = join(FOLDER, 'bin', 'python');
const SOURCE = join(__dirname, 'django');

/** A running site of Django, and what logs in to it. */
export interface Django extends Service {
	baseUrl: string;
	name: string;
	password: string;
	/** How long a session is good for. */
	sessionSeconds: number;
}

/** Installs the pinned Django from PyPI below `.cache`, unless it is there already. It takes Python 3. */
export async function installDjango(): Promise<void> {
	if (existsSync(join(FOLDER, 'installed'))) return;
	mkdirSync(FOLDER, { recursive: true });
	await step('Installing Django (10 MB, the first time only)', async () => {
		const log = 'peers-django';
		await run('python3', ['-m', 'venv', FOLDER], { cwd: FOLDER, log });
		const requirements = join(SOURCE, 'requirements.txt');
		await run(PYTHON, ['-m', 'pip', 'install', '-q', '-r', requirements], { cwd: FOLDER, log });
		mkdirSync(join(FOLDER, 'installed'));
	});
}

/** Starts a new site on the loopback interface. */
export async function startDjango(): Promise<Django> {
	const data = join(FOLDER, 'data');
	rmSync(data, { recursive: true, force: true });
	mkdirSync(data);
	const port = await freePort();
	const baseUrl = `http://127.0.0.1:${port}`;
	const name = 'me';
	const password = 'fake-django-"quoted"&a=b+c%25 $& {{username}} \\é';
	// A shorter one would look like a unit that is wrong.
	const sessionSeconds = 12;
	const service = await startService(PYTHON, [join(SOURCE, 'site.py')], {
		logFile: join(data, 'log'),
		port,
		env: {
			...process.env,
			PORT: String(port),
			DATABASE: join(data, 'data.db'),
			NAME: name,
			PASSWORD: password,
			SESSION_SECONDS: String(sessionSeconds),
		},
		isUp: () => answers(`${baseUrl}/login/`),
	});
	return { ...service, baseUrl, name, password, sessionSeconds };
}
