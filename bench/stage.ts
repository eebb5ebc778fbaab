import axios from 'axios';
import { join } from 'node:path';
import { Client, type CredentialReference } from '../host/client';
import { installHost } from '../host/install';
import { claimFolder } from '../host/lock';
import { startN8n, type N8n } from '../host/n8n';
import { installPackage, packPackage, type Packed } from '../host/pack';
import { CACHE, step } from '../host/step';
import { startSandbox, type Sandbox, type SandboxCredentials } from '../sandbox';

const USER_FOLDER = join(CACHE, 'bench');

/** Where n8n has the packages that users installed. */
export const NODES_FOLDER = join(USER_FOLDER, '.n8n', 'nodes');

/** The vendors, and the package as it would be published. */
export interface Stage {
	sandbox: Sandbox;
	/** How they are reached, by HTTP or over TLS. */
	credentials: SandboxCredentials;
	isTls: boolean;
	packed: Packed;
	/** A token that the sandbox's ServiceComb takes, for calls that fetch none. */
	fixedToken: string;
	close(): Promise<void>;
}

/** The credentials that ways use, by type. */
export type Saved = Record<
	'maxusApi' | 'agentAuthApi' | 'serviceCombApi' | 'httpHeaderAuth' | 'airtableTokenApi',
	CredentialReference
>;

/** A running n8n with the package in it. */
export interface Host {
	n8n: N8n;
	client: Client;
	/**
	 * The credentials for services that answer after so many milliseconds. Each has its own, as such services would
	 * have: what a service takes at once is remembered by credential.
	 */
	credentialsAt: (stage: Stage, delay: number) => Promise<Saved>;
}

/** Makes ready what all parts need; n8n itself is started by those that need one. */
export async function prepareStage(): Promise<Stage> {
	await installHost();
	const release = claimFolder(USER_FOLDER);
	const packed = await packPackage();
	await installPackage(packed, USER_FOLDER);
	const sandbox = await startSandbox({ tls: true });
	sandbox.faults.maxusRateLimit = 0;
	const close = async () => {
		await sandbox.close();
		release();
	};
	const { baseUrl, name, password } = sandbox.credentials.serviceCombApi;
	const login = await axios.post<{ token: string }>(`${baseUrl}/v4/token`, { name, password });
	const { credentials } = sandbox;
	return { sandbox, credentials, isTls: false, packed, fixedToken: login.data.token, close };
}

/** The same vendors over TLS. */
export function overTls(stage: Stage): Stage {
	const { url, tlsUrl } = stage.sandbox;
	const written = JSON.stringify(stage.credentials).replaceAll(url, tlsUrl ?? url);
	return { ...stage, credentials: JSON.parse(written) as SandboxCredentials, isTls: true };
}

/** Starts n8n, hands it over, and ends it. */
export async function withN8n<T>(work: (host: Host) => Promise<T>): Promise<T> {
	const n8n = await step('Starting n8n', () => startN8n({ userFolder: USER_FOLDER }));
	try {
		const client = new Client(n8n.url);
		await client.logIn();
		const saved = new Map<string, Promise<Saved>>();
		const credentialsAt = async (stage: Stage, delay: number) => {
			const name = `bench ${delay} ms${stage.isTls ? ' TLS' : ''}`;
			const known = saved.get(name) ?? saveCredentials(stage, client, name);
			saved.set(name, known);
			return await known;
		};
		return await work({ n8n, client, credentialsAt });
	} finally {
		await n8n.stop();
	}
}

async function saveCredentials(
	{ credentials, fixedToken, isTls }: Stage,
	client: Client,
	name: string,
): Promise<Saved> {
	const save = async (type: string, data: object) =>
		await client.saveCredential(type, name, {
			...data,
			allowUnauthorizedCerts: isTls,
			allowedHttpRequestDomains: 'domains',
			allowedDomains: '127.0.0.1',
		});
	const saveOfN8n = async (type: string, data: object) =>
		await client.saveCredential(type, name, data);
	const { maxusApi, agentAuthApi, serviceCombApi } = credentials;
	return {
		maxusApi: await save('maxusApi', maxusApi),
		agentAuthApi: await save('agentAuthApi', agentAuthApi),
		serviceCombApi: await save('serviceCombApi', serviceCombApi),
		httpHeaderAuth: await saveOfN8n('httpHeaderAuth', {
			name: 'Authorization',
			value: `Bearer ${fixedToken}`,
		}),
		airtableTokenApi: await saveOfN8n('airtableTokenApi', { accessToken: fixedToken }),
	};
}

/** How long the vendors take to answer from now on, token requests included. */
export function setDelay({ sandbox }: Stage, milliseconds: number): void {
	for (const vendor of ['maxus', 'agentAuth', 'serviceComb'] as const) {
		sandbox.faults[vendor] = { tokenDelayMs: milliseconds, businessDelayMs: milliseconds };
	}
}
