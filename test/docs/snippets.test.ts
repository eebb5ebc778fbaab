import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { document, documents, fences, ROOT, rows } from './documents';

const named = documents.map((one) => [one.path, one] as const);

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
};

test.each(named)('%s names only commands of npm that there are', (_path, { text }) => {
	const commands = [...text.matchAll(/npm (?:run (?:--silent )?([\w:]+)|(test)\b)/g)];
	for (const [, run, test] of commands) expect(Object.keys(scripts)).toContain(run ?? test);
});

test.each(named)('%s has only JSON that parses', (_path, one) => {
	for (const { language, code } of fences(one)) {
		if (language === 'json') expect(() => JSON.parse(code) as unknown).not.toThrow();
	}
});

test.each(named)('%s names no path of a machine, no registry, and is merged', (_path, { text }) => {
	expect(text).not.toMatch(/(^|[\s`(])\/(work|tmp|root|home\/(?!node))\b/m);
	expect(text).not.toMatch(/registry\.npm/);
	expect(text).not.toMatch(/^[<>]{7} /m);
});

test('README starts in two commands', () => {
	const commands = fences(document('README.md'))
		.filter(({ language }) => language === 'sh')
		.map(({ code }) => code.trim());
	expect(commands).toEqual(['npm run demo', 'npm test']);
});

test('README is in English alone, as n8n asks for', () => {
	expect(document('README.md').text).not.toMatch(/\p{Script=Han}/u);
});

test.each(['docs/reliability.md', 'docs/verification.md'])(
	'%s names tests that there are',
	(path) => {
		const kinds = readdirSync(join(ROOT, 'test')).join('|');
		const names = rows(document(path), /^(Kind|Guideline)$/)
			.flat()
			.flatMap((cell) => [
				...cell.matchAll(new RegExp(`(?<![\\w/.])(?:test/)?((?:${kinds})/[\\w/.]*\\w)`, 'g')),
			])
			.map(([, name = '']) => name);
		expect(names.length).toBeGreaterThan(4);
		const missing = names.filter(
			(name) => ![name, `${name}.test.ts`].some((one) => existsSync(join(ROOT, 'test', one))),
		);
		expect(missing).toEqual([]);
	},
);
