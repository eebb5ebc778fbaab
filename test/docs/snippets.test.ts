import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { documents, fences, ROOT } from './documents';

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

test.each(named)('%s names no path of a machine and no registry', (_path, { text }) => {
	expect(text).not.toMatch(/(^|[\s`(])\/(work|tmp|root|home\/(?!node))\b/m);
	expect(text).not.toMatch(/registry\.npm/);
});

test('README starts in two commands', () => {
	const readme = documents.find(({ path }) => path === 'README.md');
	const commands = fences(readme as (typeof documents)[number])
		.filter(({ language }) => language === 'sh')
		.map(({ code }) => code.trim());
	expect(commands).toEqual(['npm run demo', 'npm test']);
});
