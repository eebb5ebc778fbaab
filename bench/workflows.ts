import type { Sandbox } from '../sandbox';
import { chain, items, type NodeGiven } from '../host/chain';
import type { CredentialReference, Workflow } from '../host/client';

/** One way to make a call with a token for each of a number of items. */
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

const TIMESTAMP = { name: 'X-Timestamp', value: '={{ Math.floor(Date.now() / 1000) }}' };

function callByHand(url: string, ...headers: Array<{ name: string; value: string }>): NodeGiven {
	return {
		...HTTP_REQUEST,
		name: 'Call',
		parameters: {
			url,
			sendHeaders: true,
			headerParameters: { parameters: headers },
			options: {},
		},
	};
}

function logInByHand(url: string, body: object): NodeGiven {
	return {
		...HTTP_REQUEST,
		name: 'Log In',
		parameters: {
			method: 'POST',
			url,
			sendHeaders: true,
			headerParameters: { parameters: [TIMESTAMP] },
			sendBody: true,
			specifyBody: 'json',
			jsonBody: JSON.stringify(body),
			options: {},
		},
	};
}

/** The ways to call Maxus, where every call has a new token. */
export function maxusWays(sandbox: Sandbox, count: number, credential: CredentialReference): Way[] {
	const { baseUrl, serviceCode, serviceSecret } = sandbox.credentials.maxusApi;
	const url = `${baseUrl}/echo`;
	const withConcurrency = (concurrency: number): Way => ({
		name: `Authenticated Request, concurrency ${concurrency}`,
		workflow: chain(`bench maxus ${concurrency}`, [
			items(count),
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
	return [
		{
			name: 'two HTTP Request nodes',
			isBaseline: true,
			workflow: chain('bench maxus by hand', [
				items(count),
				logInByHand(`${baseUrl}/base/api/token/register`, { serviceCode, serviceSecret }),
				callByHand(url, { name: 'maxus_jwt', value: '={{ $json.data }}' }, TIMESTAMP),
			]),
		},
		withConcurrency(10),
		withConcurrency(50),
	];
}

/** The ways to call ServiceComb, where one token does for many calls. */
export function serviceCombWays(
	sandbox: Sandbox,
	count: number,
	credential: CredentialReference,
): Way[] {
	const { baseUrl, name, password } = sandbox.credentials.serviceCombApi;
	const url = `${baseUrl}/echo`;
	const credentials = { serviceCombApi: credential };
	return [
		{
			name: 'two HTTP Request nodes',
			isBaseline: true,
			workflow: chain('bench servicecomb by hand', [
				items(count),
				logInByHand(`${baseUrl}/v4/token`, { name, password }),
				callByHand(url, { name: 'Authorization', value: '=Bearer {{ $json.token }}' }),
			]),
		},
		{
			name: 'HTTP Request, credential',
			workflow: chain('bench servicecomb credential', [
				items(count),
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
			workflow: chain('bench servicecomb reuse', [
				items(count),
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
