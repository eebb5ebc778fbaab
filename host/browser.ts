import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';
import { OWNER } from './client';

/** n8n's editor in a browser, with the owner logged in. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	/**
	 * Opens the editor in Debian's Chromium.
	 *
	 * @example
	 * const editor = await Editor.open(n8n.url);
	 * await editor.openNode(workflow.id, 'Authenticated Request');
	 * await editor.page.screenshot({ path: 'node.png' });
	 * await editor.close();
	 */
	static async open(url: string, theme: 'light' | 'dark' = 'light'): Promise<Editor> {
		selectors.setTestIdAttribute('data-test-id');
		const browser = await chromium.launch({
			executablePath: '/usr/bin/chromium',
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				'--no-first-run',
			],
		});
		const viewport = { width: 1440, height: 900 };
		const page = await browser.newPage({ colorScheme: theme, viewport });
		page.setDefaultTimeout(15000);
		await page.goto(`${url}/signin`);
		await page.locator('input[name="emailOrLdapLoginId"]').fill(OWNER.email);
		await page.locator('input[name="password"]').fill(OWNER.password);
		await page.locator('input[name="password"]').press('Enter');
		await page.waitForURL((address) => !address.pathname.includes('signin'));
		return new Editor(browser, page, url);
	}

	/** Shows a workflow's canvas. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.locator('[data-node-name]').first().waitFor();
	}

	/** Shows the panel of a node of a workflow. */
	async openNode(workflowId: string, name: string): Promise<void> {
		await this.openWorkflow(workflowId);
		await this.page.locator(`[data-node-type][data-node-name="${name}"]`).dblclick();
		await this.page.getByRole('dialog').first().waitFor();
	}

	/** Shows the form of a credential. */
	async openCredential(id: string): Promise<void> {
		await this.page.goto(`${this.url}/home/credentials/${id}`);
		await this.page.getByRole('dialog').first().waitFor();
	}

	/** Shows the panel of nodes beside an empty canvas. */
	async openNodePanel(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.getByTestId('canvas-plus-button').click();
	}

	/** What the panel of nodes finds for a text. */
	async searchNodes(text: string): Promise<Locator> {
		await this.page.getByTestId('node-creator-search-bar').fill(text);
		return this.page.getByTestId('item-iterator-item');
	}

	/** Chooses from a list, which n8n shows somewhere else on the page. */
	async choose(list: Locator, option: string): Promise<void> {
		await list.click();
		await this.page.locator('li').filter({ hasText: option, visible: true }).first().click();
	}

	/** Ends the browser. */
	async close(): Promise<void> {
		await this.browser.close();
	}
}
