import type { IDataObject } from 'n8n-workflow';

import { AuthenticatedRequest } from '../../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { startSandbox, type RecordedRequest, type Sandbox, type TokenApi } from '../../../sandbox';
import { now } from '../authenticatedRequest/skippedTime';
import { engine } from '../engine';
import { runNode, type NodeRun, type NodeRunResult } from '../harness';

/** The services of this test file; as new before each test. */
export let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ now, tls: true });
});

beforeEach(() => sandbox.reset());

afterAll(async () => await sandbox.close());

/** A preset of the credential, the service of the sandbox it is for, and a call. */
export interface Known {
	service: string;
	played: keyof TokenApi;
	/** The names of the sandbox's secrets for user name and password. */
	username?: string;
	password?: string;
	/** The value of `database`, or the name of the secret that has it. */
	database?: string;
	method?: string;
	path?: string;
	/** A call that sends JSON. */
	body?: object;
}

/** Good credential data for a preset. */
export function credentialOf(known: Known): IDataObject {
	const { baseUrl, secrets } = sandbox.tokenApi[known.played];
	const all: Record<string, string> = secrets;
	const { username = 'username', password = 'password', database = '' } = known;
	return {
		service: known.service,
		baseUrl,
		username: all[username] ?? '',
		password: all[password] ?? '',
		database: all[database] ?? database,
	};
}

/** Runs Authenticated Request with a Token API credential. */
export async function call(
	credential: IDataObject,
	parameters: object,
	run: Partial<NodeRun> = {},
): Promise<NodeRunResult> {
	return await runNode({
		node: new AuthenticatedRequest(engine),
		parameters: { provider: 'tokenApi', ...parameters } as IDataObject,
		credentials: { tokenApi: credential as never },
		...run,
	} as NodeRun);
}

/** Parameters for the call of a preset. */
export function callOf({ method = 'GET', path = '/echo', body }: Known) {
	return {
		method,
		url: path,
		...(body && {
			sendBody: true,
			contentType: 'json',
			specifyBody: 'json',
			jsonBody: JSON.stringify(body),
		}),
	};
}

export const logins = (): RecordedRequest[] =>
	sandbox.requests.filter(({ kind }) => kind === 'token');

export const calls = (): RecordedRequest[] =>
	sandbox.requests.filter(({ kind }) => kind === 'business');

/** As many input items. */
export const items = (count: number) =>
	Array.from({ length: count }, (_, id) => ({ json: { id } }));
