import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxCredentials } from '../sandbox';
import type { CredentialReference, Workflow, WorkflowNode } from './client';
import { ROOT } from './step';

const PACKAGE = 'n8n-nodes-token-providers';

const VENDORS = {
	maxusApi: {
		name: 'Maxus',
		node: `${PACKAGE}.maxusToken`,
		exampleUrl: 'https://oversea.saicmaxus.com/australia/test',
	},
	agentAuthApi: {
		name: 'Agent Auth',
		node: `${PACKAGE}.agentAuth`,
		exampleUrl: 'https://agent-auth.example.com',
	},
	serviceCombApi: {
		name: 'ServiceComb',
		node: `${PACKAGE}.serviceCombToken`,
		exampleUrl: 'https://engine.example.com:30100',
	},
	yesApi: {
		name: 'YesApi',
		node: `${PACKAGE}.yesApiJwt`,
		exampleUrl: 'https://shop.example.com',
	},
	tokenApi: {
		name: 'Token API',
		node: `${PACKAGE}.token`,
		exampleUrl: 'https://api.example.com',
	},
};

/** A credential type of the package. */
export type CredentialType = keyof typeof VENDORS;

/** The credential types of the package, each with its vendor's name. */
export const CREDENTIAL_TYPES = Object.entries(VENDORS).map(([type, { name }]) => ({
	type: type as CredentialType,
	vendor: name,
}));

/**
 * Reads `examples/<name>.json` and makes it call the sandbox: with these credentials chosen, and
 * the sandbox's URLs in place of the examples'.
 */
export function loadExample(
	name: string,
	data: SandboxCredentials,
	references: Partial<Record<CredentialType, CredentialReference>>,
): Workflow {
	let text = readFileSync(join(ROOT, 'examples', `${name}.json`), 'utf8');
	for (const { type } of CREDENTIAL_TYPES) {
		text = text.replaceAll(VENDORS[type].exampleUrl, data[type].baseUrl);
	}
	const workflow = JSON.parse(text) as Workflow;
	const nodes = workflow.nodes.map((node) => {
		const type = credentialTypeOf(node);
		const reference = type && references[type];
		return reference ? { ...node, credentials: { [type]: reference } } : node;
	});
	return { ...workflow, nodes };
}

function credentialTypeOf({ type, parameters }: WorkflowNode): CredentialType | undefined {
	const chosen = parameters['provider'] ?? parameters['nodeCredentialType'];
	return CREDENTIAL_TYPES.find((one) => one.type === chosen || VENDORS[one.type].node === type)
		?.type;
}
