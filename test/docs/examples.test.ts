import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Workflow } from '../../host/client';

const FOLDER = join(__dirname, '../../examples');

const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

const examples = files.map((name) => [name, JSON.parse(read(name)) as Workflow] as const);

/** What those that call with another method than GET do: they read, too, or tell a channel. */
const OTHER_METHODS = [/v2\/members\/balance$/, /^https:\/\/chat\.example\.com\//];

/** What a note names beside nodes of its workflow. */
const OF_N8N = ['Publish', 'Active'];

test('the table of the examples lists each file once', () => {
	const linked = [...read('README.md').matchAll(/\]\(([^)]+\.json)\)/g)].map(([, name]) => name);
	expect(linked.sort()).toEqual([...files].sort());
});

describe.each(examples)('%s', (name, { nodes }) => {
	it('begins with a note that has a title, then warns, and says what to do first', () => {
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		const [title = '', warning = ''] = String(notes[0]?.parameters['content']).split('\n');
		expect(title).toMatch(/^## \w/);
		expect(warning).toMatch(/^\*\*This calls your real system\.\*\* First /);
		const named = [...warning.replace(/\*\*.*?\*\*/, '').matchAll(/\*([^*]+)\*/g)];
		const places = [...nodes.map((node) => node.name), ...OF_N8N];
		expect(named.map(([, one]) => one).filter((one) => !places.includes(one ?? ''))).toEqual([]);
	});

	it('says what a FIR is', () => {
		const content = String(nodes[0]?.parameters['content']);
		if (/\bFIRs?\b/.test(content)) {
			expect(content).toContain('(A FIR is a report that a dealer sends to Maxus.)');
		}
	});

	it('only reads, from nobody but who imports it', () => {
		for (const { parameters } of nodes.filter(({ parameters }) => 'url' in parameters)) {
			const { method, url } = parameters as { method: string; url: string };
			expect([method, ...OTHER_METHODS.filter((one) => one.test(url))]).toEqual(
				method === 'GET' ? ['GET'] : ['POST', expect.any(RegExp)],
			);
		}
		const hosts = [...read(name).matchAll(/https?:\/\/([^/"'{\s]+)/g)].map(([, host]) => host);
		for (const host of hosts) expect(host).toMatch(/\.example\.com$/);
	});

	it('takes three items at most, with values that have to be replaced', () => {
		for (const { parameters } of nodes.filter(({ type }) => type === 'n8n-nodes-base.code')) {
			const rows = new Function(String(parameters['jsCode']))() as Array<{ json: object }>;
			expect(rows.length).toBeLessThanOrEqual(3);
			for (const { json } of rows) expect(JSON.stringify(json)).toContain('REPLACE');
		}
	});

	it('names no credential of who made it', () => {
		expect(nodes.filter((node) => 'credentials' in node)).toEqual([]);
	});
});
