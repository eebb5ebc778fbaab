import { loadExample, CREDENTIAL_TYPES, type CredentialType } from '../../host/examples';
import type { CredentialReference } from '../../host/client';
import { startEditorHost, type EditorHost } from './editorHost';

type Page = EditorHost['editor']['page'];

const REQUEST = 'Authenticated Request';

const WRONG = 'fake-wrong-secret';

/** What those search for who do not know our names. */
const WORDS = [
	...['http request', 'login', 'sign', 'encrypt', 'service comb', 'huawei', 'saic', 'vertexplay'],
	...['okayapi', '小白', '果创云'],
];

/** Where n8n shows the form of a credential. */
const FORM = { x: 216, y: 90, width: 1008, height: 720 };

/** Fields of credentials that are lists. */
const CHOICES = ['environment', 'service', 'pathStyle', 'signatureMode', 'signatureFormat'];

interface NewUser {
	type: CredentialType;
	/** What the user searches for. */
	word: string;
	provider: string;
	/** What the user chooses in the form of the credential. */
	chosen: Record<string, string>;
	/** The field that is filled in wrong at first, and what Test says then. */
	secret: string;
	refusal: RegExp;
	method?: string;
	url: string;
}

const NEW_USERS: NewUser[] = [
	{
		type: 'maxusApi',
		word: 'saic',
		provider: 'Maxus',
		chosen: { environment: 'Custom' },
		secret: 'serviceSecret',
		refusal: /serviceSecret is wrong/,
		url: '/fir/detail/query?id=1',
	},
	{
		type: 'agentAuthApi',
		word: 'vertexplay',
		provider: 'Agent Auth',
		chosen: {},
		secret: 'secret',
		refusal: /Agent Auth does not know this agent.*Check the Agent ID and the Secret/,
		method: 'POST',
		url: '/v2/members/balance',
	},
	{
		type: 'serviceCombApi',
		word: 'huawei',
		provider: 'ServiceComb',
		chosen: {},
		secret: 'password',
		refusal: /ServiceComb .*password/i,
		url: '/v4/default/registry/microservices',
	},
	{
		type: 'yesApi',
		word: 'okayapi',
		provider: 'YesApi',
		chosen: {},
		secret: 'appSecret',
		refusal: /YesApi did not accept the signature .*Check the App Secret/,
		url: 'orders',
	},
	{
		type: 'tokenApi',
		word: 'login',
		provider: 'Token API',
		chosen: { service: 'Directus' },
		secret: 'password',
		refusal: /Check the Email, the Password and the Base URL of the credential/,
		url: '/echo',
	},
];

let host: EditorHost;
let page: Page;

beforeAll(async () => {
	host = await startEditorHost();
	page = host.editor.page;
});

afterAll(() => host?.stop());

// Where it stood, should it have failed.
afterEach(() => host?.look('last'));

/** The innermost window that is open. */
const dialog = () => page.getByRole('dialog').last();

async function see(...texts: string[]): Promise<void> {
	for (const text of texts) {
		await page.getByText(text, { exact: true }).filter({ visible: true }).first().waitFor();
	}
}

test.each(['dark', 'light'] as const)(
	'the node panel finds our nodes, in the %s theme',
	async (colorScheme) => {
		await page.emulateMedia({ colorScheme });
		await host.editor.openNodePanel();
		for (const [text, ...names] of [
			['maxus', 'Maxus Token', REQUEST],
			['agent auth', 'Agent Auth', REQUEST],
			['servicecomb', 'ServiceComb Token', REQUEST],
			['yesapi', 'YesApi JWT', REQUEST],
		] as const) {
			const found = await host.editor.searchNodes(text);
			for (const name of names) {
				const icon = found.filter({ hasText: name }).locator('img').first();
				await icon.waitFor();
				const isDark = (await icon.getAttribute('src'))?.endsWith('.dark.svg');
				expect({ name, isDark }).toEqual({ name, isDark: colorScheme === 'dark' });
				const width = await icon.evaluate((image: HTMLImageElement) => image.naturalWidth);
				expect(width).toBeGreaterThan(0);
			}
		}
		await (await host.editor.searchNodes('jwt')).filter({ hasText: 'Maxus Token' }).waitFor();
		await host.look(`nodes-${colorScheme}`);
	},
);

test('users find Authenticated Request by their own words', async () => {
	await host.editor.openNodePanel();
	for (const word of WORDS) {
		const found = await host.editor.searchNodes(word);
		await found.filter({ hasText: REQUEST }).waitFor();
	}
	await host.editor.searchNodes('token');
	await host.picture('nodes-panel', { x: 1055, y: 66, width: 385, height: 760 });
});

test.each(NEW_USERS)(
	'a new user gets from the panel of nodes to an answer of $provider',
	async ({ type, word, provider, chosen, secret, refusal, method, url }) => {
		const data: Record<string, unknown> = host.sandbox.credentials[type];
		const { editor } = host;
		const parameter = (name: string) => dialog().getByTestId(`parameter-input-${name}`);
		const fill = async (name: string, text: string) =>
			await parameter(name).locator('input, textarea').first().fill(text);
		const save = async () => await dialog().getByTestId('credential-save-button').click();

		await editor.openNodePanel();
		await (await editor.searchNodes(word)).filter({ hasText: REQUEST }).click();
		await page.getByText('Add to workflow').click();
		await see('Provider', 'Method', 'URL', 'Options');
		await editor.choose(parameter('provider'), provider);
		await host.look(`new-${type}`);

		await page.getByTestId('node-credentials-slot').getByRole('button').first().click();
		for (const [name, option] of Object.entries(chosen)) {
			await editor.choose(parameter(name), option);
		}
		const typed = Object.entries(data).filter(
			([name, value]) => typeof value === 'string' && value !== '' && !CHOICES.includes(name),
		);
		// n8n tests a form by itself once all is filled in.
		for (const [name, value] of typed) await fill(name, name === secret ? WRONG : String(value));
		await save();
		await see('Couldn’t connect with these settings');
		const more = dialog().getByText('More details');
		if (await more.isVisible()) await more.click();
		await host.look(`refused-${type}`);
		expect(await dialog().textContent()).toMatch(refusal);
		if (type === 'maxusApi') await host.picture('test-refused', FORM);

		await fill(secret, String(data[secret]));
		await save();
		// n8n closes the form of a credential that works.
		await dialog().getByTestId('credential-save-button').waitFor({ state: 'hidden' });

		if (method) await editor.choose(parameter('method'), method);
		await fill('url', url.startsWith('/') ? url : `${String(data['baseUrl'])}/${url}`);
		await page.getByTestId('node-execute-button').click();
		await see('1 item');
		await host.look(`answer-${type}`);
		const calls = host.sandbox.requests.filter(({ kind }) => kind === 'business');
		expect(calls.at(-1)).toMatchObject({ status: 200 });

		await page.getByTestId('credential-edit-button').click();
		await see('Connection tested successfully');
		await host.look(`good-${type}`);
		await host.picture(`credential-${type}`, FORM);
	},
);

describe('With a credential of each vendor', () => {
	const references: Partial<Record<CredentialType, CredentialReference>> = {};

	beforeAll(async () => {
		for (const { type, vendor } of CREDENTIAL_TYPES) {
			const data = host.sandbox.credentials[type];
			references[type] = await host.client.saveCredential(type, vendor, data);
		}
	});

	async function saveExample(name: string): Promise<string> {
		const example = loadExample(name, host.sandbox.credentials, references);
		// As n8n saves it: without what is the default.
		for (const { parameters } of example.nodes) {
			if (parameters['provider'] === 'maxusApi') delete parameters['provider'];
		}
		return (await host.client.saveWorkflow(example)).id;
	}

	test.each(CREDENTIAL_TYPES)('the credential form of $vendor', async ({ type, vendor }) => {
		await host.editor.openCredential(references[type]?.id ?? '');
		await see('Connection tested successfully', 'Retry');
		await host.look(`credential-${vendor.replace(' ', '-')}`);
	});

	test.each([
		['maxus', 'Maxus', false],
		['agent-auth', 'Agent Auth', true],
		['service-comb', 'ServiceComb', true],
		['yes-api', 'YesApi', true],
	])('the panel of Authenticated Request for %s', async (file, vendor, mayReuse) => {
		const id = await saveExample(`${file}-authenticated-request`);
		await host.editor.openNode(id, REQUEST);
		await see('Provider', 'Method', 'URL', 'Send Query Parameters', 'Send Headers', 'Send Body');
		// Under the URL stands what that of this vendor is.
		await page.getByText(vendor === 'YesApi' ? /^The full address/ : /^A path below/).waitFor();
		const shown = async (name: string) =>
			await page.getByTestId(`parameter-input-${name}`).locator('input').inputValue();
		expect(await shown('provider')).toBe(vendor);
		expect(await page.getByTestId('credentials-label').count()).toBe(1);
		expect(await page.getByTestId('parameter-input-tokenUse').count()).toBe(mayReuse ? 1 : 0);
		await host.look(`request-${file}`);
	});

	test.each([
		['maxus-token', 'Maxus Token'],
		['agent-auth-token', 'Agent Auth'],
		['service-comb-token', 'ServiceComb Token'],
		['yes-api-token', 'YesApi JWT'],
	])('the panel of a token node: %s', async (file, node) => {
		await host.editor.openNode(await saveExample(file), node);
		await see('Credential', 'Options');
		await page.getByTestId('collection-parameter-add').click();
		await see('Max Retries', 'Timeout (Ms)');
		await host.look(`node-${file}`);
	});

	test.each([
		['Maxus Token', 'maxusApi'],
		['Agent Auth', 'agentAuthApi'],
		['ServiceComb Token', 'serviceCombApi'],
		['Token', 'tokenApi'],
	] as const)('%s is added from the panel of nodes, and gives a token', async (node, type) => {
		const { editor } = host;
		await editor.openNodePanel();
		const found = await editor.searchNodes(node);
		await found
			.filter({ has: page.getByText(node, { exact: true }) })
			.first()
			.click();
		// A node with operations offers these in its place.
		const add = type === 'agentAuthApi' ? 'Get token' : 'Add to workflow';
		await page.getByText(add, { exact: true }).first().click();
		const vendor = CREDENTIAL_TYPES.find((known) => known.type === type)?.vendor ?? '';
		await editor.choose(page.getByTestId('node-credentials-slot').locator('input'), vendor);
		await page.getByTestId('node-execute-button').click();
		await see('1 item', 'headerValue');
		await host.look(`token-${type}`);
		const given = host.sandbox.requests.findLast(({ kind }) => kind === 'token')?.token ?? '';
		expect(given.length).toBeGreaterThan(8);
		expect(await dialog().textContent()).toContain(given.slice(0, 8));
	});

	test.each(['dark', 'light'] as const)(
		'an example runs from the canvas, in the %s theme',
		async (colorScheme) => {
			await page.emulateMedia({ colorScheme });
			await host.editor.openWorkflow(await saveExample('maxus-authenticated-request'));
			await page.getByTestId('execute-workflow-button').first().click();
			await see('Workflow executed successfully');
			// On the line into the node, and on the one out of it.
			await page.getByText('3 items', { exact: true }).nth(1).waitFor();
			await host.look(`run-${colorScheme}`);
			await page.locator(`[data-node-type][data-node-name="${REQUEST}"]`).dblclick();
			await see('3 items', 'FIR-REPLACE-1');
			await host.look(`output-${colorScheme}`);
			if (colorScheme === 'dark') return;
			await host.picture('authenticated-request', { x: 24, y: 24, width: 1392, height: 852 });
		},
	);
});
