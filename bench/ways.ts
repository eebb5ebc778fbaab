import { chain, items, type NodeGiven } from '../host/chain';
import type { Workflow } from '../host/client';
import type { Host, Stage } from './stage';

/** One way to make the same `POST` for each of a number of items. */
export interface Way {
	name: string;
	/** Its nodes after the one that gives the items: what is timed. */
	nodes: NodeGiven[];
}

/** A way as a workflow for so many items. */
export function workflowOf({ name, nodes }: Way, count: number): Workflow {
	return chain(`bench ${name}, ${count}`, [items(count), ...nodes]);
}

/** As the editor adds it today. */
const HTTP_REQUEST = { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.5 };

const AUTHENTICATED_REQUEST = { type: 'n8n-nodes-token-providers.authenticatedRequest' };

const POST = {
	method: 'POST',
	sendBody: true,
	specifyBody: 'json',
	jsonBody: '{"vin":"FAKE0000000000001","mileage":12345}',
	options: {},
};

const TIMESTAMP = { name: 'X-Timestamp', value: '={{ Math.floor(Date.now() / 1000) }}' };

const sendHeaders = (...parameters: Array<{ name: string; value: string }>) => ({
	sendHeaders: true,
	headerParameters: { parameters },
});

/** One HTTP Request node that handles no token: what a call costs n8n itself. */
export function plain({ sandbox, fixedToken }: Stage): Way {
	const url = `${sandbox.credentials.serviceCombApi.baseUrl}/echo`;
	const token = { name: 'Authorization', value: `Bearer ${fixedToken}` };
	return {
		name: 'HTTP Request, no token handling',
		nodes: [{ ...HTTP_REQUEST, name: 'Call', parameters: { ...POST, url, ...sendHeaders(token) } }],
	};
}

/** What a user does without the package: a login for each item, then its call. */
export function pair({ sandbox }: Stage): Way {
	const { baseUrl, serviceCode, serviceSecret } = sandbox.credentials.maxusApi;
	const token = { name: 'maxus_jwt', value: '={{ $json.data }}' };
	return {
		name: 'HTTP Request twice, login and call by hand',
		nodes: [
			{
				...HTTP_REQUEST,
				name: 'Log In',
				parameters: {
					...POST,
					url: `${baseUrl}/base/api/token/register`,
					jsonBody: JSON.stringify({ serviceCode, serviceSecret }),
					...sendHeaders(TIMESTAMP),
				},
			},
			{
				...HTTP_REQUEST,
				name: 'Call',
				parameters: { ...POST, url: `${baseUrl}/echo`, ...sendHeaders(token, TIMESTAMP) },
			},
		],
	};
}

/** HTTP Request with the credential of n8n's own that costs it least. */
export function headerAuth({ sandbox }: Stage, { credentials }: Host): Way {
	const { httpHeaderAuth } = credentials;
	return {
		name: 'HTTP Request, credential Header Auth of n8n',
		nodes: [
			{
				...HTTP_REQUEST,
				name: 'Call',
				credentials: { httpHeaderAuth },
				parameters: {
					...POST,
					url: `${sandbox.credentials.serviceCombApi.baseUrl}/echo`,
					authentication: 'genericCredentialType',
					genericAuthType: 'httpHeaderAuth',
				},
			},
		],
	};
}

/** HTTP Request with a credential type that n8n brings for one service, as ours is. */
export function predefinedAuth({ sandbox }: Stage, { credentials }: Host): Way {
	const { airtableTokenApi } = credentials;
	return {
		name: 'HTTP Request, credential Airtable of n8n',
		nodes: [
			{
				...HTTP_REQUEST,
				name: 'Call',
				credentials: { airtableTokenApi },
				parameters: {
					...POST,
					url: `${sandbox.credentials.serviceCombApi.baseUrl}/echo`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'airtableTokenApi',
				},
			},
		],
	};
}

/** HTTP Request with the package's credential, one token for all calls. */
export function ownCredential({ sandbox }: Stage, { credentials }: Host): Way {
	const { serviceCombApi } = credentials;
	return {
		name: 'HTTP Request, credential ServiceComb API',
		nodes: [
			{
				...HTTP_REQUEST,
				name: 'Call',
				credentials: { serviceCombApi },
				parameters: {
					...POST,
					url: `${sandbox.credentials.serviceCombApi.baseUrl}/echo`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'serviceCombApi',
				},
			},
		],
	};
}

/** Options of Authenticated Request that differ from the defaults. */
export interface RequestOptions {
	concurrency?: number;
	requestsPerMinute?: number;
}

/** As a concurrency: as many as there are items. */
export const ALL = 1_000_000;

/** A new token for each call. Without the vendor's limit, which would be all that is measured. */
export function fresh({ credentials }: Host, options: RequestOptions = {}): Way {
	return {
		name: `Authenticated Request, Maxus, fresh${suffix(options)}`,
		nodes: [
			{
				...AUTHENTICATED_REQUEST,
				name: 'Call',
				credentials: { maxusApi: credentials.maxusApi },
				parameters: {
					...POST,
					provider: 'maxusApi',
					url: 'echo',
					options: { requestsPerMinute: 0, ...options },
				},
			},
		],
	};
}

/** One token for all calls. */
export function reuse({ credentials }: Host, options: RequestOptions = {}): Way {
	return {
		name: `Authenticated Request, ServiceComb, reuse${suffix(options)}`,
		nodes: [
			{
				...AUTHENTICATED_REQUEST,
				name: 'Call',
				credentials: { serviceCombApi: credentials.serviceCombApi },
				parameters: {
					...POST,
					provider: 'serviceCombApi',
					tokenUse: 'reuse',
					url: 'echo',
					options,
				},
			},
		],
	};
}

/** A new token for each item, and no call. */
export function tokenNode({ credentials }: Host): Way {
	return {
		name: 'Agent Auth, a token for each item',
		nodes: [
			{
				type: 'n8n-nodes-token-providers.agentAuth',
				name: 'Token',
				credentials: { agentAuthApi: credentials.agentAuthApi },
			},
		],
	};
}

const suffix = ({ concurrency }: RequestOptions) =>
	concurrency === undefined ? '' : `, ${concurrency === ALL ? 'all' : concurrency} at once`;
