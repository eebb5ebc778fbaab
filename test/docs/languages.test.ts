import { document, documents, links } from './documents';

/** A page in two languages has the same parts, so that nobody reads half of it. */

const PAGES = documents
	.map(({ path }) => path)
	.filter((path) => path.endsWith('.zh-CN.md'))
	.map((path) => [
		path,
		path === 'docs/README.zh-CN.md' ? 'README.md' : path.replace('.zh-CN.md', '.md'),
	]);

const outsideOfCode = (path: string) => document(path).text.replace(/^ *```.*?^ *```$/gms, '');

/** The levels of the headings, in their order. */
const headings = (path: string) =>
	[...outsideOfCode(path).matchAll(/^(#+) /gm)].map(([, marks = '']) => marks.length);

/** Rows and columns of each table. */
const tables = (path: string) =>
	(outsideOfCode(path).match(/(?:^\|.*\|$\n?)+/gm) ?? []).map((table) => {
		const lines = table.trim().split('\n');
		return [lines.length, lines[0]?.split(/(?<!\\)\|/).length];
	});

/** The pictures, that of the other language under the same name. */
const pictures = (path: string) =>
	links(document(path))
		.map(({ file = '' }) => file.replace('.zh-CN.', '.'))
		.filter((file) => file.startsWith('docs/images/'));

it('are the pages that Chinese services need', () => {
	expect(PAGES.map(([path]) => path).sort()).toEqual([
		'docs/README.zh-CN.md',
		'docs/authenticated-request.zh-CN.md',
		'docs/token-api.zh-CN.md',
		'docs/troubleshooting.zh-CN.md',
		'docs/vendors/yes-api.zh-CN.md',
	]);
});

test.each(PAGES)('%s has the parts of %s', (chinese, english) => {
	expect(headings(chinese)).toEqual(headings(english));
	expect(tables(chinese)).toEqual(tables(english));
	expect(pictures(chinese)).toEqual(pictures(english));
});

test.each(PAGES)('%s leaves no cell to the one above it', (chinese) => {
	expect(document(chinese).text).not.toContain('同上');
});
