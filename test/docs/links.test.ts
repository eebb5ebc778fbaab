import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { publishedCredentials } from '../support/published';
import { anchors, document, documents, links, placeOf, ROOT } from './documents';

const named = documents.map((one) => [one.path, one] as const);

/** What is wrong with a place; `null`: nothing. */
function missing({ file, anchor }: { file?: string; anchor?: string }): string | null {
	if (file === undefined) return null;
	if (!existsSync(join(ROOT, file))) return `no file ${file}`;
	if (anchor === undefined) return null;
	return anchors(document(file)).includes(anchor) ? null : `no heading #${anchor} in ${file}`;
}

test.each(named)('%s leads nowhere that is not there', (_path, one) => {
	const wrong = links(one).filter((link) => missing(link) !== null);
	expect(wrong.map((link) => [link.target, missing(link)])).toEqual([]);
});

test('every picture is shown somewhere', () => {
	const shown = documents.flatMap((one) => links(one).map(({ file }) => file));
	for (const name of readdirSync(join(ROOT, 'docs/images'))) {
		expect(shown).toContain(`docs/images/${name}`);
	}
});

test('every document is reached from the README, or from the credential it is about', () => {
	const pages = publishedCredentials.map(
		({ documentationUrl = '' }) => placeOf(documentationUrl, '').file ?? '',
	);
	const reached = new Set(['README.md', ...pages]);
	for (const path of reached) {
		if (!path.endsWith('.md') || !existsSync(join(ROOT, path))) continue;
		for (const { file } of links(document(path))) if (file !== undefined) reached.add(file);
	}
	const lost = documents.filter(({ path }) => !path.startsWith('.github') && !reached.has(path));
	expect(lost.map(({ path }) => path)).toEqual([]);
});

test.each(publishedCredentials.map((one) => [one.displayName, one] as const))(
	'the link of the credential %s leads to its documentation',
	(_name, { documentationUrl = '' }) => {
		const place = placeOf(documentationUrl, '');
		expect(place.file).toBeDefined();
		expect(missing(place)).toBeNull();
	},
);

test('the links of the nodes lead to their documentation', () => {
	const folder = join(ROOT, 'nodes');
	const codexes = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
		path.endsWith('.node.json'),
	);
	expect(codexes.length).toBeGreaterThan(5);
	for (const path of codexes) {
		const text = readFileSync(join(folder, path), 'utf8');
		const urls = [...text.matchAll(/"url": "([^"]+)"/g)].map(([, url = '']) => url);
		expect(urls.length).toBeGreaterThan(0);
		for (const url of urls) expect([path, missing(placeOf(url, ''))]).toEqual([path, null]);
	}
});
