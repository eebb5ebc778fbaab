import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Editor } from '../../host/browser';
import { Client } from '../../host/client';
import { installHost } from '../../host/install';
import { claimFolder } from '../../host/lock';
import { startN8n } from '../../host/n8n';
import { installPackage, packPackage } from '../../host/pack';
import { CACHE } from '../../host/step';
import { startSandbox, type Sandbox } from '../../sandbox';

const SCREENSHOTS = join(CACHE, 'screenshots');
const PICTURES = join(CACHE, 'pictures');

/** A part of the page, in pixels. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** A new n8n with the packed package in it, its editor in a browser, and the vendors. */
export interface EditorHost {
	url: string;
	client: Client;
	editor: Editor;
	sandbox: Sandbox;
	/** Saves what the browser shows as `.cache/screenshots/<name>.png`, to be looked at. */
	look(name: string): Promise<void>;
	/** Saves a part of it as `.cache/pictures/<name>.png`, for `docs/images`. */
	picture(name: string, clip: Box): Promise<void>;
	stop(): Promise<void>;
}

/** Starts all that a look at the editor takes. */
export async function startEditorHost(): Promise<EditorHost> {
	const stops: Array<() => unknown> = [];
	const stop = async () => {
		for (const each of stops.splice(0).reverse()) await each();
	};
	try {
		const userFolder = join(CACHE, 'editor');
		stops.push(claimFolder(userFolder));
		await installHost();
		const packed = await packPackage();
		rmSync(join(userFolder, '.n8n'), { recursive: true, force: true });
		rmSync(SCREENSHOTS, { recursive: true, force: true });
		for (const folder of [SCREENSHOTS, PICTURES]) mkdirSync(folder, { recursive: true });
		await installPackage(packed, userFolder);
		const sandbox = await startSandbox();
		stops.push(() => sandbox.close());
		const n8n = await startN8n({ userFolder });
		stops.push(() => n8n.stop());
		const client = new Client(n8n.url);
		await client.logIn();
		const editor = await Editor.open(n8n.url);
		stops.push(() => editor.close());
		// For what fades in or slides.
		const settle = async () => await editor.page.waitForTimeout(600);
		const look = async (name: string) => {
			await settle();
			await editor.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
		};
		const picture = async (name: string, clip: Box) => {
			await editor.page.waitForFunction(() => !document.querySelector('.el-notification'));
			await settle();
			await editor.page.screenshot({ path: join(PICTURES, `${name}.png`), clip });
		};
		return { url: n8n.url, client, editor, sandbox, look, picture, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
