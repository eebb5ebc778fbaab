import { providers } from '../providers';
import type { ProviderType } from '../providers/registry';
import { vendorOf, type Sample, type SandboxCredentials } from '../sandbox';
import { chain, items, type NodeGiven } from './chain';
import type { CredentialReference, Workflow } from './client';
import { CREDENTIAL_TYPES, TOKEN_NODES, type CredentialType } from './examples';
import type { Expected } from './measure';

const ITEMS = 100;

const HTTP_REQUEST = { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2 };

/** A workflow of the demo, and what has to come of it. */
export interface DemoWorkflow extends Expected {
	vendor: string;
	/** How it uses the vendor's token. */
	way: string;
	workflow: Workflow;
}

/** Every vendor through every way to use it, with the request that the sandbox has for it. */
export function demoWorkflows(
	data: SandboxCredentials,
	references: Partial<Record<CredentialType, CredentialReference>>,
): DemoWorkflow[] {
	return CREDENTIAL_TYPES.flatMap((one) => {
		const { baseUrl } = data[one.type];
		const credentials = { [one.type]: references[one.type] as CredentialReference };
		const demo = { ...one, baseUrl, credentials };
		return [...throughTokenNode(demo), throughAuthenticatedRequest(demo), throughHttpRequest(demo)];
	});
}

interface Demo {
	type: CredentialType;
	vendor: string;
	baseUrl: string;
	credentials: Record<string, CredentialReference>;
}

/** One token, and a request with it where a header is all it takes. */
function throughTokenNode({ type, vendor, baseUrl, credentials }: Demo): DemoWorkflow[] {
	const node = TOKEN_NODES[type];
	if (node === undefined) return [];
	const { sample, tokenLifetimeSeconds: validFor } = vendorOf(type);
	const { headers, ...request } = sample('1');
	const call = {
		...HTTP_REQUEST,
		name: 'HTTP Request',
		parameters: parametersOf(baseUrl, request, {
			...headers,
			'={{ $json.headerName }}': '={{ $json.headerValue }}',
		}),
	};
	const nodes = [{ name: 'Token', type: node, credentials }, ...(headers === null ? [] : [call])];
	const calls = nodes.length - 1;
	const isReused = providers[type as ProviderType].tokens.reuse === 'preferred';
	const way = calls > 0 ? 'Token node, HTTP Request' : 'Token node';
	const expected = {
		items: 1,
		calls,
		tokens: [isReused ? 0 : 1, 1] as [number, number],
		distinct: 1,
		validFor,
	};
	return [{ vendor, way, workflow: chain(`Demo: ${vendor}, ${way}`, nodes), ...expected }];
}

function throughAuthenticatedRequest(demo: Demo): DemoWorkflow {
	const { type } = demo;
	const tokenUse = providers[type].tokens.reuse !== 'never' ? { tokenUse: 'reuse' } : {};
	return manyCalls(demo, {
		name: 'Authenticated Request',
		type: 'n8n-nodes-token-providers.authenticatedRequest',
		typeVersion: 1.1,
		parameters: { provider: type, ...tokenUse },
	});
}

function throughHttpRequest(demo: Demo): DemoWorkflow {
	return manyCalls(demo, {
		...HTTP_REQUEST,
		name: 'HTTP Request, credential',
		parameters: { authentication: 'predefinedCredentialType', nodeCredentialType: demo.type },
	});
}

/** A request for each of many items, by that node. */
function manyCalls({ type, vendor, baseUrl, credentials }: Demo, node: NodeGiven): DemoWorkflow {
	const { sample, tokenLifetimeSeconds: validFor } = vendorOf(type);
	const { headers, ...request } = sample('{{ $json.n }}');
	const parameters = { ...node.parameters, ...parametersOf(baseUrl, request, headers ?? {}) };
	const isFresh = providers[type].tokens.reuse === 'never';
	return {
		vendor,
		way: node.name,
		workflow: chain(`Demo: ${vendor}, ${node.name}`, [
			items(ITEMS),
			{ ...node, credentials, parameters },
		]),
		items: ITEMS,
		calls: ITEMS,
		tokens: isFresh ? [ITEMS, ITEMS] : [0, 1],
		distinct: isFresh ? ITEMS : 1,
		validFor,
	};
}

/** A request as the parameters that HTTP Request and Authenticated Request have for it. */
function parametersOf(
	baseUrl: string,
	{ method, path, body }: Omit<Sample, 'headers'>,
	headers: Record<string, string>,
) {
	const parameters = Object.entries(headers).map(([name, value]) => ({ name, value }));
	return {
		method,
		url: `=${baseUrl}${path}`,
		...(parameters.length > 0 && { sendHeaders: true, headerParameters: { parameters } }),
		...(body && { sendBody: true, specifyBody: 'json', jsonBody: `=${JSON.stringify(body)}` }),
		options: {},
	};
}
