import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Expressions of 1.0.0 that took seconds or minutes for texts of some kB, and the rule that finds each. */
const SLOW: Array<[expression: string, rule: string]> = [
	['/0+$/', 'regexp/no-super-linear-move'],
	['/\\/+$/', 'redos/no-vulnerable'],
	['/\\{\\{\\s*([^{}]*?)\\s*\\}\\}/g', 'regexp/no-super-linear-backtracking'],
	['/<title\\b[^>]*>([^<]*)/i', 'redos/no-vulnerable'],
	['/^(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:h|m|s))+$/', 'redos/no-vulnerable'],
	['/-----BEGIN ([A-Z ]*PRIVATE KEY)-----([\\s\\S]+?)-----END \\1-----/', 'redos/no-vulnerable'],
];

/** In one process of its own: jest cannot load the configuration, which is an ES module. */
const LINT = `
const { ESLint } = require('eslint');
const eslint = new ESLint({ overrideConfigFile: 'eslint.tools.config.mjs' });
const lint = async ([filePath, expression]) => {
	const [{ messages }] = await eslint.lintText('export const found = ' + expression + ';\\n', { filePath });
	return messages.map(({ ruleId }) => ruleId);
};
Promise.all(JSON.parse(process.argv[1]).map(lint)).then((all) => console.log(JSON.stringify(all)));
`;

function rulesBroken(cases: Array<[file: string, expression: string]>): string[][] {
	const { stdout, stderr } = spawnSync(process.execPath, ['-e', LINT, JSON.stringify(cases)], {
		cwd: join(__dirname, '../..'),
		encoding: 'utf8',
	});
	expect(stderr).toBe('');
	return JSON.parse(stdout) as string[][];
}

const FOLDERS = ['providers/kit', 'providers/vendors/maxus', 'nodes/X', 'credentials'];

it('finds slow expressions in all that is published', () => {
	const cases = SLOW.map(([expression], at): [string, string] => [
		`${FOLDERS[at % FOLDERS.length]}/x.ts`,
		expression,
	]);
	const broken = rulesBroken(cases);
	SLOW.forEach(([, rule], at) => expect(broken[at]).toContain(rule));
});

it('has nothing against those that are linear', () => {
	expect(rulesBroken([['providers/kit/x.ts', '/(?<!0)0+$/']])).toEqual([[]]);
});
