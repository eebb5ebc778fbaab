import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

const text = readFileSync(join(ROOT, 'docs/vendor-statements.md'), 'utf8');

const rows = text
	.split('\n')
	.filter((line) => line.startsWith('|') && !/^\| (Statement|-+) /.test(line))
	.map((line) =>
		line
			.split(/(?<!\\)\|/)
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);

it('is a row for each statement, done or left out', () => {
	expect(rows.length).toBeGreaterThan(40);
	for (const row of rows) {
		expect(row).toEqual([
			expect.stringMatching(/.{5}/),
			expect.stringMatching(/^(does|left out)$/),
			expect.stringMatching(/.{5}/),
		]);
	}
});

it('names a test for what is done, and a reason for what is left out', () => {
	for (const [statement, here, why = ''] of rows) {
		const tests = [...why.matchAll(/\b(?:credentials|engine|providers)\/[\w/]+/g)].map(
			([path]) => path,
		);
		if (here === 'does') expect([statement, tests]).not.toEqual([statement, []]);
		else expect([statement, tests]).toEqual([statement, []]);
		for (const path of tests) {
			expect([path, existsSync(join(ROOT, 'test', `${path}.test.ts`))]).toEqual([path, true]);
		}
	}
});

it('has a part for each vendor', () => {
	const parts = [...text.matchAll(/^## (\w+(?: Auth)?)/gm)].map(([, name]) => name);
	expect(parts).toEqual(['Maxus', 'Agent Auth', 'ServiceComb', 'YesApi']);
});
