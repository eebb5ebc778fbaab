import { loadExample, CREDENTIAL_TYPES, type CredentialType } from '../../host/examples';
import type { CredentialReference } from '../../host/client';
import { startEditorHost, type EditorHost } from './editorHost';

jest.setTimeout(90_000);

type Page = EditorHost['editor']['page'];
type Locator = ReturnType<Page['locator']>;

const REQUEST = 'Authenticated Request';

let host: EditorHost;
let page: Page;

beforeAll(async () => {
	host = await startEditorHost();
	page = host.editor.page;
}, 300_000);

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

/** Chooses from a list, which n8n shows somewhere else on the page. */
async function choose(list: Locator, option: string): Promise<void> {
	await list.click();
	await page.locator('li').filter({ hasText: option, visible: true }).first().click();
}

async function openNodePanel(): Promise<void> {
	await page.goto(`${host.url}/workflow/new`);
	await page.getByTestId('canvas-plus-button').click();
}

async function searchNodes(text: string): Promise<Locator> {
	await page.getByTestId('node-creator-search-bar').fill(text);
	return page.getByTestId('item-iterator-item');
}

test.each(['dark', 'light'] as const)(
	'the node panel finds our nodes, in the %s theme',
	async (colorScheme) => {
		await page.emulateMedia({ colorScheme });
		await openNodePanel();
		for (const [text, ...names] of [
			['maxus', 'Maxus Token', REQUEST],
			['agent auth', 'Agent Auth', REQUEST],
			['servicecomb', 'ServiceComb Token', REQUEST],
			['yesapi', 'YesApi JWT', REQUEST],
		] as const) {
			const found = await searchNodes(text);
			for (const name of names) {
				const icon = found.filter({ hasText: name }).locator('img').first();
				await icon.waitFor();
				const isDark = (await icon.getAttribute('src'))?.endsWith('.dark.svg');
				expect({ name, isDark }).toEqual({ name, isDark: colorScheme === 'dark' });
				const width = await icon.evaluate((image: HTMLImageElement) => image.naturalWidth);
				expect(width).toBeGreaterThan(0);
			}
		}
		await (await searchNodes('jwt')).filter({ hasText: 'Maxus Token' }).waitFor();
		await host.look(`nodes-${colorScheme}`);
	},
);

test('a new user gets from the node to a credential that works', async () => {
	const { baseUrl, serviceCode, serviceSecret } = host.sandbox.credentials.maxusApi;
	const field = (name: string) => dialog().getByTestId(name).locator('input');
	await openNodePanel();
	await (await searchNodes('maxus')).filter({ hasText: REQUEST }).click();
	await page.getByText('Add to workflow').click();
	await see('Provider', 'Method', 'URL', 'Options');
	await host.look('new-request');

	await page.getByTestId('node-credentials-slot').getByRole('button').first().click();
	await choose(dialog().getByTestId('parameter-input-environment'), 'Custom');
	await field('parameter-input-baseUrl').fill(baseUrl);
	await field('parameter-input-serviceCode').fill(serviceCode);
	await field('parameter-input-serviceSecret').fill('fake-wrong-secret');
	await dialog().getByTestId('credential-save-button').click();
	await see('Couldn’t connect with these settings');
	await dialog().getByText('More details').click();
	await host.look('credential-refused');
	expect(await dialog().textContent()).toContain('serviceSecret is wrong');

	await field('parameter-input-serviceSecret').fill(serviceSecret);
	await dialog().getByTestId('credential-save-button').click();
	// n8n closes the form of a credential that works.
	await dialog().getByTestId('credential-save-button').waitFor({ state: 'hidden' });
	await page.getByTestId('credential-edit-button').click();
	await see('Connection tested successfully');
	await host.look('credential-good');
});

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
		},
	);
});
