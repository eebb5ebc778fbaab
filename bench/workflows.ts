import type { Sandbox } from '../sandbox';
import type { CredentialReference, Workflow, WorkflowNode } from '../host/client';

type Given = Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'> &
	Pick<WorkflowNode, 'credentials'>;

/** One way to make a call with a token for each of `items` items. */
export interface Way {
	name: string;
	/** The one all others of the same vendor are compared with: what a user does without the package. */
	isBaseline?: boolean;
	workflow: Workflow;
}

const HTTP_REQUEST = { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2 };

const AUTHENTICATED_REQUEST = {
	type: 'n8n-nodes-token-providers.authenticatedRequest',
	typeVersion: 1,
};

function chain(name: string, items: number, nodes: Given[]): Workflow {
	const all: Given[] = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: 'Items',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: {
				jsCode: `return Array.from({ length: ${items} }, (_, n) => ({ json: { n } }))`,
			},
		},
		...nodes,
	];
	return {
		name,
		nodes: all.map((node, index) => ({ ...node, id: String(index), position: [index * 200, 0] })),
		connections: Object.fromEntries(
			all
				.slice(1)
				.map(({ name: next }, index) => [
					all[index]?.name ?? '',
					{ main: [[{ node: next, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}

function callByHand(url: string, headerName: string, headerValue: string): Given {
	return {
		...HTTP_REQUEST,
		name: 'Call',
		parameters: {
			url,
			sendHeaders: true,
			headerParameters: { parameters: [{ name: headerName, value: headerValue }] },
			options: {},
		},
	};
}

function logInByHand(url: string, body: object): Given {
	return {
		...HTTP_REQUEST,
		name: 'Log In',
		parameters: {
			method: 'POST',
			url,
			sendHeaders: true,
			headerParameters: {
				parameters: [{ name: 'X-Timestamp', value: '={{ Math.floor(Date.now() / 1000) }}' }],
			},
			sendBody: true,
			specifyBody: 'json',
			jsonBody: JSON.stringify(body),
			options: {},
		},
	};
}

/** The ways to call Maxus, where every call has a new token. */
export function maxusWays(sandbox: Sandbox, items: number, credential: CredentialReference): Way[] {
	const { baseUrl, serviceCode, serviceSecret } = sandbox.credentials.maxusApi;
	const url = `${baseUrl}/echo`;
	const withConcurrency = (concurrency: number): Way => ({
		name: `Authenticated Request, concurrency ${concurrency}`,
		workflow: chain(`bench maxus ${concurrency}`, items, [
			{
				...AUTHENTICATED_REQUEST,
				name: 'Call',
				credentials: { maxusApi: credential },
				parameters: {
					provider: 'maxusApi',
					url: 'echo',
					options: { concurrency, requestsPerMinute: 0 },
				},
			},
		]),
	});
	const byHand = callByHand(url, 'maxus_jwt', '={{ $json.data }}');
	byHand.parameters['headerParameters'] = {
		parameters: [
			{ name: 'maxus_jwt', value: '={{ $json.data }}' },
			{ name: 'X-Timestamp', value: '={{ Math.floor(Date.now() / 1000) }}' },
		],
	};
	return [
		{
			name: 'two HTTP Request nodes',
			isBaseline: true,
			workflow: chain('bench maxus by hand', items, [
				logInByHand(`${baseUrl}/base/api/token/register`, { serviceCode, serviceSecret }),
				byHand,
			]),
		},
		withConcurrency(10),
		withConcurrency(50),
	];
}

/** The ways to call ServiceComb, where one token does for many calls. */
export function serviceCombWays(
	sandbox: Sandbox,
	items: number,
	credential: CredentialReference,
): Way[] {
	const { baseUrl, name, password } = sandbox.credentials.serviceCombApi;
	const url = `${baseUrl}/echo`;
	const credentials = { serviceCombApi: credential };
	return [
		{
			name: 'two HTTP Request nodes',
			isBaseline: true,
			workflow: chain('bench servicecomb by hand', items, [
				logInByHand(`${baseUrl}/v4/token`, { name, password }),
				callByHand(url, 'Authorization', '=Bearer {{ $json.token }}'),
			]),
		},
		{
			name: 'HTTP Request, credential',
			workflow: chain('bench servicecomb credential', items, [
				{
					...HTTP_REQUEST,
					name: 'Call',
					credentials,
					parameters: {
						url,
						authentication: 'predefinedCredentialType',
						nodeCredentialType: 'serviceCombApi',
						options: {},
					},
				},
			]),
		},
		{
			name: 'Authenticated Request, reuse',
			workflow: chain('bench servicecomb reuse', items, [
				{
					...AUTHENTICATED_REQUEST,
					name: 'Call',
					credentials,
					parameters: {
						provider: 'serviceCombApi',
						tokenUse: 'reuse',
						url: 'echo',
						options: { concurrency: 50 },
					},
				},
			]),
		},
	];
}
