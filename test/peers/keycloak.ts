import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../host/ports';
import { CACHE, run, step } from '../../host/step';
import { startService, type Service } from '../system/service';
import realm from './keycloak/realm.json';
import { answers } from './directus';

const VERSION = '26.7.3';
const FOLDER = join(CACHE, 'peers', 'keycloak');
const HOME = join(FOLDER, `keycloak-${VERSION}`);
const START_MS = 180_000;

/** A client of Keycloak's, and for how long its tokens are good. */
export interface Client {
	clientId: string;
	secret: string;
	lifetimeSeconds: number;
}

/** A running Keycloak, and two clients it knows. */
export interface Keycloak extends Service {
	tokenUrl: string;
	/** Says who the bearer of a token is. */
	userInfoUrl: string;
	client: Client;
	shortLived: Client;
}

/** Gets the pinned Keycloak from Maven's registry, unless it is there already. It takes Java 17. */
export async function installKeycloak(): Promise<void> {
	if (existsSync(join(HOME, 'bin'))) return;
	const artifact = `org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`;
	// Also where Maven leaves a mark of its own.
	mkdirSync(FOLDER, { recursive: true });
	const args = ['-B', 'dependency:unpack', `-Dartifact=${artifact}`, `-DoutputDirectory=${FOLDER}`];
	await step('Getting Keycloak (150 MB, the first time only)', () =>
		run('mvn', args, { cwd: FOLDER, log: 'peers-keycloak' }),
	);
}

/** Starts a Keycloak with nothing in it but the realm of this folder. */
export async function startKeycloak(): Promise<Keycloak> {
	cpSync(join(__dirname, 'keycloak', 'realm.json'), join(HOME, 'data', 'import', 'realm.json'));
	const port = await freePort();
	const realmUrl = `http://127.0.0.1:${port}/realms/${realm.realm}`;
	const args = [join(HOME, 'bin', 'kc.sh'), 'start-dev', '--import-realm', '--db=dev-mem'];
	const service = await startService(
		'sh',
		[...args, '--cache=local', '--http-host=127.0.0.1', `--http-port=${port}`],
		{
			logFile: join(FOLDER, 'log'),
			port,
			env: { ...process.env, JAVA_OPTS_APPEND: '-Xmx768m' },
			startMs: START_MS,
			isUp: () => answers(realmUrl),
		},
	);
	const [client, shortLived] = realm.clients.map(({ clientId, secret = '', attributes }) => ({
		clientId,
		secret,
		lifetimeSeconds: Number(attributes?.['access.token.lifespan'] ?? realm.accessTokenLifespan),
	}));
	if (!client || !shortLived) throw new Error('The realm has to have two clients.');
	return {
		...service,
		tokenUrl: `${realmUrl}/protocol/openid-connect/token`,
		userInfoUrl: `${realmUrl}/protocol/openid-connect/userinfo`,
		client,
		shortLived,
	};
}
