import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { providers, type Provider } from '../providers';
import type { ProviderType } from '../providers/registry';
import type { SandboxCredentials } from '../sandbox';
import type { CredentialReference, Workflow, WorkflowNode } from './client';
import { ROOT } from './step';

const PACKAGE = 'n8n-nodes-token-providers';

/** A credential type of the package. */
export type CredentialType = ProviderType;

/** The credential types of the package, each with its vendor's name. */
export const CREDENTIAL_TYPES = Object.values<Provider>(providers).map(({ type, displayName }) => ({
	type: type as CredentialType,
	vendor: displayName,
}));

/** The nodes that give the tokens of one vendor. */
export const TOKEN_NODES: Partial<Record<CredentialType, string>> = {
	maxusApi: `${PACKAGE}.maxusToken`,
	agentAuthApi: `${PACKAGE}.agentAuth`,
	serviceCombApi: `${PACKAGE}.serviceCombToken`,
	yesApi: `${PACKAGE}.yesApiJwt`,
	tokenApi: `${PACKAGE}.token`,
};

/** The base URL that examples have for a vendor, e.g. `https://maxus-api.example.com`. */
const exampleUrl = (type: CredentialType) =>
	`https://${type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.example.com`;

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
		text = text.replaceAll(exampleUrl(type), data[type].baseUrl);
	}
	return chooseCredentials(JSON.parse(text) as Workflow, references);
}

/** A workflow whose nodes use these credentials, each the one for its vendor. */
export function chooseCredentials(
	workflow: Workflow,
	references: Partial<Record<CredentialType, CredentialReference>>,
): Workflow {
	const nodes = workflow.nodes.map((node) => {
		const type = credentialTypeOf(node);
		const reference = type && references[type];
		return reference ? { ...node, credentials: { [type]: reference } } : node;
	});
	return { ...workflow, nodes };
}

function credentialTypeOf({ type, parameters }: WorkflowNode): CredentialType | undefined {
	const chosen = parameters['provider'] ?? parameters['nodeCredentialType'];
	return CREDENTIAL_TYPES.find((one) => one.type === chosen || TOKEN_NODES[one.type] === type)
		?.type;
}
