import { outputOf, type Client, type CredentialReference, type Workflow } from '../../host/client';
import { chooseCredentials, CREDENTIAL_TYPES, type CredentialType } from '../../host/examples';
import { startSandbox, type Sandbox } from '../../sandbox';
import { documents, fences } from '../docs/documents';
import { connect } from './n8n';

/** Each workflow in the documents, as it would be pasted into the editor. */
const workflows = documents.flatMap((document) =>
	fences(document)
		.filter(({ language, code }) => language === 'json' && code.includes('"nodes"'))
		.map(({ code }, index) => [`${document.path}, ${index + 1}`, code] as const),
);

let client: Client;
let sandbox: Sandbox;
const references: Partial<Record<CredentialType, CredentialReference>> = {};

beforeAll(async () => {
	[client, sandbox] = await Promise.all([connect(), startSandbox()]);
	for (const { type, vendor } of CREDENTIAL_TYPES) {
		references[type] = await client.saveCredential(type, vendor, sandbox.credentials[type]);
	}
});

afterAll(() => sandbox.close());

/** With the sandbox in the place of the vendor, and what it knows in the place of what only shows where it goes. */
function playedBySandbox(code: string): Workflow {
	const { baseUrl, serviceCode, serviceSecret } = sandbox.credentials.maxusApi;
	const text = code
		.replaceAll('https://oversea.saicmaxus.com/australia/test', baseUrl)
		.replaceAll('demo-code', serviceCode)
		.replaceAll('demo-secret-not-real', serviceSecret);
	return chooseCredentials(JSON.parse(text) as Workflow, references);
}

test.each(workflows)('%s runs to its end', async (name, code) => {
	const workflow = playedBySandbox(code);
	const nodes = workflow.nodes.map((node, index) => ({ ...node, id: String(index) }));
	const execution = await client.runWorkflow(
		await client.saveWorkflow({ ...workflow, name, nodes }),
	);
	expect([execution.status, execution.data.resultData.error?.message]).toEqual([
		'success',
		undefined,
	]);
	for (const { name: node } of nodes) expect(outputOf(execution, node)).not.toEqual([]);
});
