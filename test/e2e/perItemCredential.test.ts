import { chain } from '../../host/chain';
import { outputOf, type Client } from '../../host/client';
import { startSandbox, type Sandbox } from '../../sandbox';
import { connect } from './n8n';

const TYPE = 'serviceCombApi';

let client: Client;
let sandbox: Sandbox;

beforeAll(async () => {
	[client, sandbox] = await Promise.all([connect(), startSandbox()]);
});

beforeEach(() => sandbox.reset());

afterAll(() => sandbox.close());

/** Two accounts in turn, two items each. */
const accounts = () => {
	const { serviceCombApi, serviceCombApiReader } = sandbox.credentials;
	const one = { name: serviceCombApi.name, password: serviceCombApi.password };
	const other = { name: serviceCombApiReader.name, password: serviceCombApiReader.password };
	return [one, other, one, other];
};

const byItem = { name: '={{ $json.name }}', password: '={{ $("Items").item.json.password }}' };

const inNode = (credential: { id: string; name: string }) => ({ [TYPE]: credential });

// n8n evaluates expressions in an isolate of their own, which the engine tests do without.
test.each([
	[
		'Authenticated Request',
		'authenticatedRequest',
		{ provider: TYPE, url: '=/echo?{{ $json.name }}' },
	],
	['ServiceComb Token', 'serviceCombToken', {}],
])('%s uses the account of each item', async (_name, type, parameters) => {
	const data = { ...sandbox.credentials.serviceCombApi, ...byItem };
	const credential = await client.saveCredential(TYPE, 'An account for each item', data);
	const items = {
		name: 'Items',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: `return ${JSON.stringify(accounts())}.map((json) => ({ json }))` },
	};
	const node = { name: 'Node', type: `n8n-nodes-token-providers.${type}`, parameters };
	const workflow = chain('Accounts', [items, { ...node, credentials: inNode(credential) }]);
	const execution = await client.runWorkflow(await client.saveWorkflow(workflow));
	expect(execution.data.resultData.error).toBeUndefined();
	expect(outputOf(execution, 'Node')).toHaveLength(4);

	const names = accounts().map(({ name }) => name);
	const logins = sandbox.requests.filter(({ kind }) => kind === 'token');
	const loggedIn = logins.map(({ body }) => (JSON.parse(body) as { name: string }).name);
	expect(loggedIn.sort()).toEqual([...names].sort());
	const calls = sandbox.requests.filter(({ kind }) => kind === 'business');
	for (const { token, query } of calls) {
		const payload = Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString();
		expect(query).toBe((JSON.parse(payload) as { account: string }).account);
	}
});
