import axios from 'axios';
import { join } from 'node:path';
import { Client, type CredentialReference } from '../host/client';
import { installHost } from '../host/install';
import { claimFolder } from '../host/lock';
import { startN8n, type N8n } from '../host/n8n';
import { installPackage, packPackage, type Packed } from '../host/pack';
import { CACHE, step } from '../host/step';
import { startSandbox, type Sandbox } from '../sandbox';

const USER_FOLDER = join(CACHE, 'bench');

/** Where n8n has the packages that users installed. */
export const NODES_FOLDER = join(USER_FOLDER, '.n8n', 'nodes');

/** The vendors, and the package as it would be published. */
export interface Stage {
	sandbox: Sandbox;
	packed: Packed;
	/** A token that the sandbox's ServiceComb takes, for calls that fetch none. */
	fixedToken: string;
	close(): Promise<void>;
}

/** A running n8n with the package and the credentials in it. */
export interface Host {
	n8n: N8n;
	client: Client;
	credentials: Record<
		'maxusApi' | 'agentAuthApi' | 'serviceCombApi' | 'httpHeaderAuth' | 'airtableTokenApi',
		CredentialReference
	>;
}

/** Makes ready what all parts need; n8n itself is started by those that need one. */
export async function prepareStage(): Promise<Stage> {
	await installHost();
	const release = claimFolder(USER_FOLDER);
	const packed = await packPackage();
	await installPackage(packed, USER_FOLDER);
	const sandbox = await startSandbox();
	sandbox.faults.maxusRateLimit = 0;
	const close = async () => {
		await sandbox.close();
		release();
	};
	const { baseUrl, name, password } = sandbox.credentials.serviceCombApi;
	const login = await axios.post<{ token: string }>(`${baseUrl}/v4/token`, { name, password });
	return { sandbox, packed, fixedToken: login.data.token, close };
}

/** Starts n8n, hands it over, and ends it. */
export async function withN8n<T>(stage: Stage, work: (host: Host) => Promise<T>): Promise<T> {
	const n8n = await step('Starting n8n', () => startN8n({ userFolder: USER_FOLDER }));
	try {
		const client = new Client(n8n.url);
		await client.logIn();
		return await work({ n8n, client, credentials: await saveCredentials(stage, client) });
	} finally {
		await n8n.stop();
	}
}

async function saveCredentials({ sandbox, fixedToken }: Stage, client: Client) {
	const save = async (type: string, data: object) =>
		await client.saveCredential(type, 'bench', data);
	const { maxusApi, agentAuthApi, serviceCombApi } = sandbox.credentials;
	return {
		maxusApi: await save('maxusApi', maxusApi),
		agentAuthApi: await save('agentAuthApi', agentAuthApi),
		serviceCombApi: await save('serviceCombApi', serviceCombApi),
		httpHeaderAuth: await save('httpHeaderAuth', {
			name: 'Authorization',
			value: `Bearer ${fixedToken}`,
		}),
		airtableTokenApi: await save('airtableTokenApi', { accessToken: fixedToken }),
	};
}

/** How long the vendors take to answer from now on, token requests included. */
export function setDelay({ sandbox }: Stage, milliseconds: number): void {
	for (const vendor of ['maxus', 'agentAuth', 'serviceComb'] as const) {
		sandbox.faults[vendor] = { tokenDelayMs: milliseconds, businessDelayMs: milliseconds };
	}
}
