import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** The tests that a row of the document names, a name that begins with `…` in the folder of the one before. */
function testsOf(cell: string): string[] {
	let folder = '';
	return cell
		.split(/, (?![^(]*\))/)
		.map((part) => /[\w./…-]+\/[\w./-]+/.exec(part.trim())?.[0])
		.filter((name) => name !== undefined)
		.map((name) => {
			const whole = name.replace(/^…\//, folder);
			folder = whole.slice(0, whole.lastIndexOf('/') + 1);
			return whole;
		});
}

const page = readFileSync(join(ROOT, 'docs/reliability.md'), 'utf8');

/** The tables of promises; the one before them has counts. */
const rows = page
	.slice(page.indexOf('| Kind'))
	.split('\n')
	.filter((line) => line.startsWith('|') && !line.startsWith('| Kind') && !line.startsWith('| --'))
	.map((line) => line.split('|').map((cell) => cell.trim()))
	.map(([, kind = '', , tests = '']): [string, string[]] => [kind, testsOf(tests)]);

it('the promises are found', () => {
	expect(rows.length).toBeGreaterThan(30);
});

it.each(rows)('"%s" is shown by tests that exist', (_kind, tests) => {
	expect(tests).not.toEqual([]);
	const missing = tests.filter(
		(name) =>
			!existsSync(join(ROOT, 'test', name)) && !existsSync(join(ROOT, 'test', `${name}.test.ts`)),
	);
	expect(missing).toEqual([]);
});
