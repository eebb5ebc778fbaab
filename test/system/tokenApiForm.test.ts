import { startEditorHost, type EditorHost } from './editorHost';

const REQUEST = 'Authenticated Request';

type Page = EditorHost['editor']['page'];
type Locator = ReturnType<Page['locator']>;

let host: EditorHost;
let page: Page;

beforeAll(async () => {
	host = await startEditorHost();
	page = host.editor.page;
	// The form is long.
	await page.setViewportSize({ width: 1440, height: 1200 });
});

afterAll(() => host?.stop());

afterEach(() => host?.look('last'));

const dialog = () => page.getByRole('dialog').last();

const parameter = (name: string) => dialog().getByTestId(`parameter-input-${name}`);

const fill = async (name: string, text: string) =>
	await parameter(name).locator('input, textarea').first().fill(text);

const save = async () => await dialog().getByTestId('credential-save-button').click();

async function choose(list: Locator, option: string): Promise<void> {
	await list.click();
	await page.locator('li').filter({ hasText: option, visible: true }).first().click();
}

test('a new user describes a service that is not in the list, and calls it', async () => {
	const { baseUrl, secrets } = host.sandbox.tokenApi.strapi;
	await page.goto(`${host.url}/workflow/new`);
	await page.getByTestId('canvas-plus-button').click();
	await page.getByTestId('node-creator-search-bar').fill(REQUEST);
	await page.getByTestId('item-iterator-item').filter({ hasText: REQUEST }).click();
	await page.getByText('Add to workflow').click();
	await choose(parameter('provider'), 'Token API');

	await page.getByTestId('node-credentials-slot').getByRole('button').first().click();
	await fill('baseUrl', baseUrl);
	await fill('requestUrl', '/api/auth/local');
	await fill('username', secrets.username);
	await fill('password', secrets.password);
	await fill('valuePath', 'jwt');
	await save();
	await dialog().getByText('More details').click();
	await host.look('token-api-refused');
	expect(await dialog().textContent()).toContain('The service did not issue a token (HTTP 400)');

	// It wants another name than `username`.
	await parameter('changeRequest').locator('.el-switch').click();
	await fill('jsonBody', '{ "identifier": "{{username}}", "password": "{{password}}" }');
	await save();
	// n8n closes the form of a credential that works.
	await dialog().getByTestId('credential-save-button').waitFor({ state: 'hidden' });

	await fill('url', '/echo');
	await page.getByTestId('node-execute-button').click();
	await page.getByText('1 item').first().waitFor();
	await host.look('token-api-called');
	const { requests } = host.sandbox;
	expect(requests.filter(({ path }) => path.endsWith('/echo'))).toMatchObject([{ status: 200 }]);
	// The refused one, and the one of the test, whose token serves the run.
	expect(requests.filter(({ kind }) => kind === 'token')).toHaveLength(2);

	await page.getByTestId('credential-edit-button').click();
	await page.getByText('Connection tested successfully').filter({ visible: true }).waitFor();
	await host.look('token-api');
	await host.picture('token-api', { x: 216, y: 225, width: 1008, height: 750 });
});
