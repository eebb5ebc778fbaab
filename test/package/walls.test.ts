import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

const FORBIDDEN: Array<[file: string, imported: string, message: string]> = [
	['providers/kit/x.ts', '../engine/engine', 'The kit knows nobody'],
	['providers/kit/x.ts', '../maxus/maxus', 'The kit knows nobody'],
	['providers/engine/x.ts', '../maxus/maxus', 'The engine knows no vendor'],
	['providers/engine/x.ts', '../registry', 'The engine knows no vendor'],
	['providers/maxus/x.ts', '../engine/tokenSource', 'a vendor knows the kit only'],
	['providers/maxus/x.ts', '../yesApi/yesApi', 'a vendor knows the kit only'],
	['providers/maxus/x.ts', '../../nodes/shared/runItems', 'a vendor knows the kit only'],
	['providers/x.ts', '../nodes/shared/runItems', 'depend on nothing else of this package'],
	['nodes/X/x.ts', '../../providers/engine/engine', 'use what providers/index.ts exports'],
	['credentials/x.ts', '../nodes/shared/runItems', 'use what providers/index.ts exports'],
	['sandbox/x.ts', '../providers', 'The sandbox is a second implementation'],
];

const ALLOWED: Array<[file: string, imported: string]> = [
	['providers/maxus/x.ts', '../kit/errors'],
	['providers/engine/x.ts', '../kit/errors'],
	['providers/index.ts', './maxus/maxus'],
	['nodes/X/x.ts', '../../providers'],
];

/** In one process of its own: jest cannot load the configuration, which is an ES module. */
const LINT = `
const { ESLint } = require('eslint');
const eslint = new ESLint({ overrideConfigFile: 'eslint.tools.config.mjs' });
const lint = async ([filePath, imported]) => {
	const [{ messages }] = await eslint.lintText("export * from '" + imported + "';\\n", { filePath });
	return messages.map(({ message }) => message).join('\\n');
};
Promise.all(JSON.parse(process.argv[1]).map(lint)).then((all) => console.log(JSON.stringify(all)));
`;

/** What lint says about files in those places which import those modules. */
function lintAll(cases: Array<[file: string, imported: string, ...rest: string[]]>): string[] {
	const { stdout, stderr } = spawnSync(process.execPath, ['-e', LINT, JSON.stringify(cases)], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	expect(stderr).toBe('');
	return JSON.parse(stdout) as string[];
}

let said: string[];

beforeAll(() => {
	said = lintAll([...FORBIDDEN, ...ALLOWED]);
});

it.each(FORBIDDEN.map((one, index) => [...one, index] as const))(
	'in %s, importing %s is a lint error',
	(_file, _imported, message, index) => {
		expect(said[index]).toContain(message);
	},
);

it.each(ALLOWED.map((one, index) => [...one, FORBIDDEN.length + index] as const))(
	'in %s, importing %s is none',
	(_file, _imported, index) => {
		expect(said[index]).toBe('');
	},
);
