import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Workflow } from '../../host/client';
import { ROOT } from '../docs/documents';
import { startEditorHost, type EditorHost } from './editorHost';

/** How the examples look right after they were imported, on a small screen. */
jest.setTimeout(90_000);

const EXAMPLES = readdirSync(join(ROOT, 'examples'))
	.filter((name) => name.endsWith('.json'))
	.map((name) => name.replace('.json', ''));

/** More empty space below its text makes a note look unfinished, in pixels. */
const MOST_SPACE = 60;

let host: EditorHost;

beforeAll(async () => {
	host = await startEditorHost();
	await host.editor.page.setViewportSize({ width: 1280, height: 720 });
}, 300_000);

afterAll(() => host?.stop());

/** The note, and the nodes that stand behind the button below the canvas. */
function look() {
	const note = document.querySelector<HTMLElement>('[data-test-id="sticky"]');
	const button = document.querySelector('[data-test-id="execute-workflow-button"]');
	if (!note || !button) throw new Error('No note or no button');
	const box = note.getBoundingClientRect();
	const texts = [...note.querySelectorAll('h2, p, ul')].map((one) => one.getBoundingClientRect());
	const end = Math.max(...texts.map(({ bottom }) => bottom));
	const { left, right, top } = button.getBoundingClientRect();
	const hidden = [...document.querySelectorAll('[data-node-type][data-node-name]')].filter(
		(node) => {
			const place = node.getBoundingClientRect();
			return place.bottom > top && place.right > left && place.left < right;
		},
	);
	return {
		space: (box.bottom - end) * (note.offsetWidth / box.width),
		hidden: hidden.map((node) => node.getAttribute('data-node-name')),
	};
}

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
	beforeAll(() => host.editor.page.emulateMedia({ colorScheme }));

	test.each(EXAMPLES)('%s', async (name) => {
		const text = readFileSync(join(ROOT, 'examples', `${name}.json`), 'utf8');
		const { id } = await host.client.saveWorkflow(JSON.parse(text) as Workflow);
		await host.editor.openWorkflow(id);
		await host.look(`example-${name}-${colorScheme}`);
		const { space, hidden } = await host.editor.page.evaluate(look);
		expect(space).toBeGreaterThan(0);
		expect(space).toBeLessThan(MOST_SPACE);
		expect(hidden).toEqual([]);
	});
});
