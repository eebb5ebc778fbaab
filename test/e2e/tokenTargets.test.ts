import { chain, type NodeGiven } from '../../host/chain';
import type { Client } from '../../host/client';
import { startSandbox, vendorOf, type Sandbox } from '../../sandbox';
import { connect } from './n8n';

const TYPES = ['maxusApi', 'agentAuthApi', 'serviceCombApi', 'yesApi', 'tokenApi'] as const;
type Type = (typeof TYPES)[number];

let client: Client;
let sandbox: Sandbox;

beforeAll(async () => {
	[client, sandbox] = await Promise.all([connect(), startSandbox()]);
});

beforeEach(() => sandbox.reset());

afterAll(() => sandbox.close());

/** Every choice of the field, by what it lists. The vendor is at 127.0.0.1, another machine at localhost. */
const CHOICES = {
	'the host of the Base URL': { allowedHttpRequestDomains: 'all' },
	'a list with that host': { allowedHttpRequestDomains: 'domains', allowedDomains: '127.0.0.1' },
	'a list with both': {
		allowedHttpRequestDomains: 'domains',
		allowedDomains: '127.0.0.1, localhost',
	},
	'a list without that host': { allowedHttpRequestDomains: 'domains', allowedDomains: 'localhost' },
	nowhere: { allowedHttpRequestDomains: 'none' },
};
type Choice = keyof typeof CHOICES;

/** What uses the credential, and what it calls. */
const USES = ['Test', 'node, home', 'node, other', 'HTTP Request, home', 'HTTP Request, other'];

/** Which of them succeed. */
const ALLOWED: Record<Choice, string[]> = {
	'the host of the Base URL': ['Test', 'node, home', 'HTTP Request, home'],
	'a list with that host': ['Test', 'node, home', 'HTTP Request, home'],
	'a list with both': USES,
	'a list without that host': [],
	nowhere: ['Test', 'node, home'],
};

/** YesApi's token is made for the user's own servers. */
const isAllowed = (type: Type, choice: Choice, use: string) =>
	ALLOWED[choice].includes(use) || (type === 'yesApi' && choice === 'the host of the Base URL');

/** Whether a use succeeds, in the real n8n. */
async function succeeds(type: Type, choice: Choice, use: string): Promise<boolean> {
	const data = { ...sandbox.credentials[type], ...CHOICES[choice] };
	const credential = await client.saveCredential(type, `${type}, token targets`, data);
	if (use === 'Test') return (await client.testCredential(type, credential)).status === 'OK';
	const [node, where] = use.split(', ');
	const { method, path, body } = vendorOf(type).sample('1');
	const other = sandbox.strangerUrl.replace('127.0.0.1', 'localhost');
	const url = `${where === 'home' ? data.baseUrl : other}${path}`;
	const json = body && {
		sendBody: true,
		contentType: 'json',
		specifyBody: 'json',
		jsonBody: JSON.stringify(body),
	};
	const caller: NodeGiven =
		node === 'node'
			? {
					name: 'Call',
					type: 'n8n-nodes-token-providers.authenticatedRequest',
					typeVersion: 1.1,
					parameters: { provider: type, method, url, ...json },
				}
			: {
					name: 'Call',
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					parameters: {
						authentication: 'predefinedCredentialType',
						nodeCredentialType: type,
						method,
						url,
						...json,
					},
				};
	const workflow = chain('Token targets', [{ ...caller, credentials: { [type]: credential } }]);
	const { status } = await client.runWorkflow(await client.saveWorkflow(workflow));
	return status === 'success';
}

const rows = TYPES.flatMap((type) =>
	(Object.keys(CHOICES) as Choice[]).map((choice) => [type, choice] as const),
);

test.each(rows)('%s, %s: Test, node and HTTP Request keep to it', async (type, choice) => {
	const outcomes: Record<string, boolean> = {};
	for (const use of USES) outcomes[use] = await succeeds(type, choice, use);
	const expected = USES.map((use) => [use, isAllowed(type, choice, use)]);
	expect(outcomes).toEqual(Object.fromEntries(expected));
	// A login, too, keeps to the list.
	const isHomeListed = choice !== 'a list without that host';
	expect(sandbox.requests.some(({ kind }) => kind === 'token')).toBe(isHomeListed);
	const isOtherAllowed = USES.some((use) => use.endsWith('other') && isAllowed(type, choice, use));
	const strangers = sandbox.requests.filter(({ headers }) =>
		String(headers.host).startsWith('localhost'),
	);
	expect(strangers.length > 0).toBe(isOtherAllowed);
});
