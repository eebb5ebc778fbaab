import { document, fences } from '../docs/documents';
import { startEditorHost, type Box, type EditorHost } from './editorHost';

// What the documents say, done in the editor by hand; and the pictures of it for `docs/images`.

let host: EditorHost;
let page: EditorHost['editor']['page'];

beforeAll(async () => {
	host = await startEditorHost();
	page = host.editor.page;
	const { maxusApi, yesApi } = host.sandbox.credentials;
	await host.client.saveCredential('maxusApi', 'Maxus', maxusApi);
	await host.client.saveCredential('yesApi', 'YesApi', yesApi);
});

afterAll(() => host?.stop());

/** Around all nodes, with their names below them. */
async function boxOfNodes(): Promise<Box> {
	const nodes = await page.locator('[data-node-type][data-node-name]').all();
	const boxes = (await Promise.all(nodes.map((node) => node.boundingBox()))).filter(
		(box) => box !== null,
	);
	const x = Math.min(...boxes.map((box) => box.x)) - 70;
	const y = Math.min(...boxes.map((box) => box.y)) - 40;
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + 70;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + 70;
	return { x, y, width: right - x, height: bottom - y };
}

/** Pastes the workflow with this number on a page of the documents into a new one. */
async function paste(path: string, number: number): Promise<void> {
	const workflows = fences(document(path)).filter(({ code }) => code.includes('"nodes"'));
	await page.goto(`${host.url}/workflow/new`);
	await page.getByTestId('canvas-plus-button').waitFor();
	await page.evaluate(
		(text) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', text);
			const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
			window.document.dispatchEvent(paste);
		},
		workflows[number - 1]?.code ?? '',
	);
	await page.locator('[data-node-type][data-node-name]').first().waitFor();
	await page.mouse.click(300, 300);
}

async function execute(): Promise<void> {
	await page.getByTestId('execute-workflow-button').first().click();
	await page.getByText('Workflow executed successfully').first().waitFor();
}

test('the first call of the Maxus page takes the credential that is there, and runs', async () => {
	await paste('docs/vendors/maxus.md', 1);
	await execute();
});

test('the first call of the YesApi page makes a token and finds it valid', async () => {
	await paste('docs/vendors/yes-api.md', 1);
	await execute();
	await page.locator('[data-node-type][data-node-name="Verify the Token"]').dblclick();
	await page.getByRole('cell', { name: 'true', exact: true }).first().waitFor();
});

test.each([
	['before', 1],
	['after', 2],
])('the flow of the page about HTTP Request, %s', async (name, number) => {
	await paste('docs/from-http-request.md', number);
	await page.keyboard.press('1');
	await host.picture(`from-http-request-${name}`, await boxOfNodes());
});

test('the panel of Authenticated Request shows a response for each row', async () => {
	await page.setViewportSize({ width: 1440, height: 800 });
	await paste('docs/authenticated-request.md', 1);
	await execute();
	await page.locator('[data-node-type][data-node-name="Authenticated Request"]').dblclick();
	const panel = page.getByRole('dialog').first();
	await panel.getByText('3 items').first().waitFor();
	const box = await panel.boundingBox();
	if (box === null) throw new Error('The panel is not shown');
	await host.picture('panel', box);
	await page.setViewportSize({ width: 1440, height: 900 });
});

test('HTTP Request offers the credential as a predefined type', async () => {
	await host.editor.openNodePanel();
	const found = await host.editor.searchNodes('http request');
	await found
		.filter({ hasText: /^HTTP Request/ })
		.first()
		.click();
	const { editor } = host;
	await editor.choose(
		page.getByTestId('parameter-input-authentication'),
		'Predefined Credential Type',
	);
	await page.getByTestId('credential-select').click();
	await page.keyboard.type('Maxus');
	await page.locator('li').filter({ hasText: 'Maxus API', visible: true }).first().click();
	await page.getByTestId('node-credentials-slot').first().waitFor();
	await page.mouse.move(700, 860);
	await host.picture('predefined-credential-type', { x: 511, y: 66, width: 420, height: 430 });
});

test('a credential says beside each field where its value comes from', async () => {
	const { maxusApi } = host.sandbox.credentials;
	const { id } = await host.client.saveCredential('maxusApi', 'Maxus', maxusApi);
	await host.editor.openCredential(id);
	await page.getByText('Connection tested successfully').first().waitFor();
	await host.picture('credential', { x: 216, y: 90, width: 1008, height: 720 });
});
