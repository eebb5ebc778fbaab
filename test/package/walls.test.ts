import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** In a process of its own: jest cannot load the configuration, which is an ES module. */
const LINT = `
const { ESLint } = require('eslint');
const eslint = new ESLint({ overrideConfigFile: 'eslint.tools.config.mjs' });
const [filePath, imported] = process.argv.slice(1);
eslint.lintText("export * from '" + imported + "';\\n", { filePath }).then(([{ messages }]) => {
	console.log(messages.map(({ message }) => message).join('\\n'));
});
`;

/** What lint says about a file in that place which imports that module. */
function lint(file: string, imported: string): string {
	const { stdout, stderr } = spawnSync(process.execPath, ['-e', LINT, file, imported], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	expect(stderr).toBe('');
	return stdout.trim();
}

it.each([
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
])('in %s, importing %s is a lint error', (file, imported, message) => {
	expect(lint(file, imported)).toContain(message);
});

it.each([
	['providers/maxus/x.ts', '../kit/errors'],
	['providers/engine/x.ts', '../kit/errors'],
	['providers/index.ts', './maxus/maxus'],
	['nodes/X/x.ts', '../../providers'],
])('in %s, importing %s is none', (file, imported) => {
	expect(lint(file, imported)).toBe('');
});
