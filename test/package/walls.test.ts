import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

const FORBIDDEN: Array<[file: string, imported: string, message: string]> = [
	['providers/kit/x.ts', '../http/retry', 'The kit knows nobody'],
	['providers/kit/x.ts', '../vendors/maxus/vendor', 'The kit knows nobody'],
	['providers/http/x.ts', '../limit/rateLimit', 'http uses the rooms below it only'],
	['providers/limit/x.ts', '../tokens/tokenSource', 'limit uses the rooms below it only'],
	['providers/tokens/x.ts', '../call/call', 'tokens uses the rooms below it only'],
	['providers/tokens/x.ts', '../vendors/maxus/vendor', 'tokens uses the rooms below it only'],
	['providers/call/x.ts', '../hooks/credentialHooks', 'call uses the rooms below it only'],
	['providers/hooks/x.ts', '../registry', 'hooks uses the rooms below it only'],
	['providers/vendors/maxus/x.ts', '../../tokens/tokenSource', 'A vendor knows the kit only'],
	['providers/vendors/maxus/x.ts', '../yesApi/vendor', 'A vendor knows the kit only'],
	['providers/vendors/maxus/x.ts', '../../../nodes/shared/runItems', 'A vendor knows the kit only'],
	['providers/x.ts', '../nodes/shared/runItems', 'depend on nothing else of this package'],
	['nodes/X/x.ts', '../../providers/tokens/engine', 'use what providers/index.ts exports'],
	['nodes/AuthenticatedRequest/read/x.ts', '../output/takeIn', 'read uses the rooms below it only'],
	['nodes/AuthenticatedRequest/output/x.ts', '../pages/nextPage', 'output uses the rooms below'],
	['nodes/AuthenticatedRequest/read/x.ts', '../../../providers/kit/json', 'providers/index.ts'],
	['credentials/x.ts', '../nodes/shared/runItems', 'use what providers/index.ts exports'],
	['packages/maxus/vendor.ts', '../yesapi/vendor', 'A package of one vendor uses'],
	['packages/maxus/nodes/Maxus/x.ts', '../../../yesapi/vendor', 'A package of one vendor uses'],
	['packages/maxus/credentials/x.ts', '../../yesapi/vendor', 'A package of one vendor uses'],
	['packages/kit/x.ts', '../maxus/vendor', 'A package of one vendor uses'],
	['packages/kit/x.ts', '../../providers/tokens/engine', 'A package of one vendor uses'],
	['sandbox/x.ts', '../providers', 'The sandbox is a second implementation'],
];

const ALLOWED: Array<[file: string, imported: string]> = [
	['providers/vendors/maxus/x.ts', '../../kit/errors'],
	['providers/vendors/maxus/x.ts', './refusal'],
	['providers/tokens/x.ts', '../kit/errors'],
	['providers/call/x.ts', '../tokens/accessToken'],
	['providers/index.ts', './vendors/maxus/vendor'],
	['nodes/X/x.ts', '../../providers'],
	['packages/maxus/nodes/Maxus/x.ts', '../../../kit/operation'],
	['packages/maxus/nodes/Maxus/x.ts', '../../../../nodes/shared/tokenNode'],
	['packages/maxus/credentials/x.ts', '../../../credentials/MaxusApi.credentials'],
	['packages/kit/x.ts', '../../nodes/shared/runItems'],
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
