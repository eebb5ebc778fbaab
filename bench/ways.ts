import { chain, items, type NodeGiven } from '../host/chain';
import type { Workflow } from '../host/client';
import type { Saved, Stage } from './stage';

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

const post = ({ isTls }: Stage, options: object = {}) => ({
	method: 'POST',
	sendBody: true,
	specifyBody: 'json',
	jsonBody: '{"vin":"FAKE0000000000001","mileage":12345}',
	// The certificate of the sandbox is its own.
	options: { ...options, ...(isTls && { allowUnauthorizedCerts: true }) },
});

/** A credential of this type; which one is known when the way is run. */
const credential = (type: keyof Saved) => ({ [type]: { id: '', name: '' } });

const TIMESTAMP = { name: 'X-Timestamp', value: '={{ Math.floor(Date.now() / 1000) }}' };

const sendHeaders = (...parameters: Array<{ name: string; value: string }>) => ({
	sendHeaders: true,
	headerParameters: { parameters },
});

/** One HTTP Request node that handles no token: what a call costs n8n itself. */
export function plain(stage: Stage): Way {
	const { credentials, fixedToken } = stage;
	const url = `${credentials.serviceCombApi.baseUrl}/echo`;
	const token = { name: 'Authorization', value: `Bearer ${fixedToken}` };
	return {
		name: 'HTTP Request, no token handling',
		nodes: [
			{ ...HTTP_REQUEST, name: 'Call', parameters: { ...post(stage), url, ...sendHeaders(token) } },
		],
	};
}

/** What a user does without the package: a login for each item, then its call. */
export function pair(stage: Stage): Way {
	const { baseUrl, serviceCode, serviceSecret } = stage.credentials.maxusApi;
	const token = { name: 'maxus_jwt', value: '={{ $json.data }}' };
	return {
		name: 'HTTP Request twice, login and call by hand',
		nodes: [
			{
				...HTTP_REQUEST,
				name: 'Log In',
				parameters: {
					...post(stage),
					url: `${baseUrl}/base/api/token/register`,
					jsonBody: JSON.stringify({ serviceCode, serviceSecret }),
					...sendHeaders(TIMESTAMP),
				},
			},
			{
				...HTTP_REQUEST,
				name: 'Call',
				parameters: { ...post(stage), url: `${baseUrl}/echo`, ...sendHeaders(token, TIMESTAMP) },
			},
		],
	};
}

/** HTTP Request with the credential of n8n's own that costs it least. */
export function headerAuth(stage: Stage): Way {
	return {
		name: 'HTTP Request, credential Header Auth of n8n',
		nodes: [
			{
				...HTTP_REQUEST,
				name: 'Call',
				credentials: credential('httpHeaderAuth'),
				parameters: {
					...post(stage),
					url: `${stage.credentials.serviceCombApi.baseUrl}/echo`,
					authentication: 'genericCredentialType',
					genericAuthType: 'httpHeaderAuth',
				},
			},
		],
	};
}

/** HTTP Request with a credential type that n8n brings for one service, as ours is. */
export function predefinedAuth(stage: Stage): Way {
	return {
		name: 'HTTP Request, credential Airtable of n8n',
		nodes: [
			{
				...HTTP_REQUEST,
				name: 'Call',
				credentials: credential('airtableTokenApi'),
				parameters: {
					...post(stage),
					url: `${stage.credentials.serviceCombApi.baseUrl}/echo`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'airtableTokenApi',
				},
			},
		],
	};
}

/** HTTP Request with the package's credential, one token for all calls. */
export function ownCredential(stage: Stage): Way {
	return {
		name: 'HTTP Request, credential ServiceComb API',
		nodes: [
			{
				...HTTP_REQUEST,
				name: 'Call',
				credentials: credential('serviceCombApi'),
				parameters: {
					...post(stage),
					url: `${stage.credentials.serviceCombApi.baseUrl}/echo`,
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
export function fresh(stage: Stage, options: RequestOptions = {}): Way {
	return {
		name: `Authenticated Request, Maxus, fresh${suffix(options)}`,
		nodes: [
			{
				...AUTHENTICATED_REQUEST,
				name: 'Call',
				credentials: credential('maxusApi'),
				parameters: {
					...post(stage, { requestsPerMinute: 0, ...options }),
					provider: 'maxusApi',
					url: 'echo',
				},
			},
		],
	};
}

/** One token for all calls. */
export function reuse(stage: Stage, options: RequestOptions = {}): Way {
	return {
		name: `Authenticated Request, ServiceComb, reuse${suffix(options)}`,
		nodes: [
			{
				...AUTHENTICATED_REQUEST,
				name: 'Call',
				credentials: credential('serviceCombApi'),
				parameters: {
					...post(stage, options),
					provider: 'serviceCombApi',
					tokenUse: 'reuse',
					url: 'echo',
				},
			},
		],
	};
}

/** The same at another address, which differs by item. */
export function reuseAt(stage: Stage, url: string, options: RequestOptions): Way {
	const way = reuse(stage, options);
	const parameters = { url: `={{ "${url}/" + $json.n }}` };
	const nodes = way.nodes.map((node) => ({
		...node,
		parameters: { ...node.parameters, ...parameters },
	}));
	return { ...way, nodes };
}

/** A new token for each item, and no call. */
export function tokenNode(): Way {
	return {
		name: 'Agent Auth, a token for each item',
		nodes: [
			{
				type: 'n8n-nodes-token-providers.agentAuth',
				name: 'Token',
				credentials: credential('agentAuthApi'),
			},
		],
	};
}

const suffix = ({ concurrency }: RequestOptions) =>
	concurrency === undefined ? '' : `, ${concurrency === ALL ? 'all' : concurrency} at once`;
