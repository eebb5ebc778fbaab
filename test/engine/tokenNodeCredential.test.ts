import type { INodeParameters, INodeType } from 'n8n-workflow';

import { AgentAuth } from '../../nodes/AgentAuth/AgentAuth.node';
import { MaxusToken } from '../../nodes/MaxusToken/MaxusToken.node';
import { ServiceCombToken } from '../../nodes/ServiceCombToken/ServiceCombToken.node';
import { YesApiJwt } from '../../nodes/YesApiJwt/YesApiJwt.node';
import type { Engine } from '../../providers';
import { startSandbox, type Sandbox } from '../../sandbox';
import { InMemoryCredentialsHelper } from './credentialsHelper';
import { engine } from './engine';
import { runNode } from './harness';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterEach(() => jest.restoreAllMocks());
afterAll(async () => await sandbox.close());

const NODES: Array<
	[
		type: 'maxusApi' | 'agentAuthApi' | 'serviceCombApi' | 'yesApi',
		node: new (shared: Engine) => INodeType,
		parameters: INodeParameters,
	]
> = [
	['maxusApi', MaxusToken, {}],
	['agentAuthApi', AgentAuth, {}],
	['serviceCombApi', ServiceCombToken, {}],
	['yesApi', YesApiJwt, { operation: 'apply', sub: '', uid: '', expTime: 86400 }],
	['yesApi', YesApiJwt, { operation: 'verify', jwtToken: 'no-token' }],
];

/** Where a token was asked for, in the order of the items. */
async function hostsAsked(
	[type, Node, parameters]: (typeof NODES)[number],
	items: Array<{ json: { host: string } }>,
	baseUrl: (own: string) => string,
): Promise<unknown[]> {
	const own = sandbox.credentials[type];
	const credentials = { ...own, environment: 'custom', baseUrl: baseUrl(own.baseUrl) };
	const { items: given, error } = await runNode({
		node: new Node(engine),
		parameters: { ...parameters, options: { maxRetries: 0 } },
		credentials: { [type]: credentials },
		items,
		onError: 'continueRegularOutput',
	});
	expect(error).toBeNull();
	return given.map(({ json }) => json.error ?? 'given');
}

const tenants = () => ['127.0.0.1', 'localhost', '127.0.0.1'].map((host) => ({ json: { host } }));

it.each(NODES)('%s, %p: an expression is resolved for each item', async (...node) => {
	const byTenant = (own: string) => `=${own.replace('127.0.0.1', '{{ $json.host }}')}`;
	await hostsAsked(node, tenants(), byTenant);
	const hosts = sandbox.requests.map(({ headers }) => String(headers.host).split(':')[0]);
	expect(hosts.sort()).toEqual(['127.0.0.1', '127.0.0.1', 'localhost']);
});

it.each(NODES)('%s, %p: without one it is read once', async (...node) => {
	const readings = jest.spyOn(InMemoryCredentialsHelper.prototype, 'getDecrypted');
	expect(await hostsAsked(node, tenants(), (own) => own)).toEqual(['given', 'given', 'given']);
	expect(readings).toHaveBeenCalledTimes(1);
});
