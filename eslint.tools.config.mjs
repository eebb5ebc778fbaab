/**
 * What n8n's own configuration, in eslint.config.mjs, does not check; that one has to stay as n8n ships
 * it. Sources that are published get the rule about imports from here, on top of n8n's. The rest gets
 * all its rules from here: n8n's forbid what a server or a test needs, such as modules of Node.js,
 * timers and the console.
 */
import redos from 'eslint-plugin-redos';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** In `files` no import may match one of `patterns` (regular expressions). */
const forbidImports = (files, message, ...patterns) => ({
	files,
	rules: {
		'no-restricted-imports': ['error', { patterns: patterns.map((regex) => ({ regex, message })) }],
	},
});

/** What no node and no credential may import. */
const OF_NODES = [
	'/providers/',
	'^(\\.\\./)+(nodes|credentials)(/|$)',
	'^(\\.\\./)+(sandbox|host|test|bench)(/|$)',
];

export default tseslint.config(
	{ ignores: ['**/node_modules/**', 'packages/*/dist/**'] },
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommended],
		rules: {
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			'@typescript-eslint/no-require-imports': 'off',
		},
	},
	{
		// What comes from outside may be long, and made for an expression that takes longer than its length. One
		// rule finds what the other does not.
		files: ['{credentials,nodes,providers}/**/*.ts', 'index.ts'],
		plugins: { redos, regexp },
		rules: {
			'redos/no-vulnerable': ['error', { ignoreErrors: false, timeout: 30_000 }],
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': ['error', { report: 'potential' }],
		},
	},
	forbidImports(
		['nodes/**/*.ts', 'credentials/**/*.ts'],
		'Nodes and credentials use what providers/index.ts exports, and not each other.',
		...OF_NODES,
	),
	// The rooms of Authenticated Request, from the ground up.
	...['read', 'output', 'pages'].map((room, height, rooms) =>
		forbidImports(
			[`nodes/AuthenticatedRequest/${room}/**/*.ts`],
			`${room} uses the rooms below it only, and what providers/index.ts exports.`,
			...OF_NODES,
			`^\\.\\./(?!\\.\\./|(${[...rooms.slice(0, height), room].join('|')})/)\\w`,
		),
	),
	// From each depth there is in the package of one vendor, and in what these have in common.
	...['packages/kit/*.ts', 'packages/*/*.ts', 'packages/*/*/*.ts', 'packages/*/*/*/*.ts'].map(
		(files, index) =>
			forbidImports(
				[files],
				'A package of one vendor uses what providers/index.ts exports, the shared nodes and credentials, and the kit.',
				'/providers/',
				'^(\\.\\./)+(sandbox|host|test|bench)(/|$)',
				`^(\\.\\./){${Math.max(1, index)}}(?!${index === 0 ? '' : 'kit/|'}\\.\\./)\\w`,
			),
	),
	forbidImports(
		['providers/*.ts'],
		'Providers depend on nothing else of this package.',
		'^\\.\\./',
	),
	// The rooms of the providers, from the ground up: each may use the ones below it.
	...['http', 'limit', 'tokens', 'call', 'hooks'].map((room, height, rooms) =>
		forbidImports(
			[`providers/${room}/**/*.ts`],
			`${room} uses the rooms below it only: ${['kit', ...rooms.slice(0, height)].join(', ')}.`,
			`^(\\.\\./)+(?!(${['kit', ...rooms.slice(0, height)].join('|')})/)\\w`,
		),
	),
	// From the folder of a vendor, and from those in it.
	...['*', '*/*'].map((folder, depth) =>
		forbidImports(
			[`providers/vendors/${folder}/*.ts`],
			'A vendor knows the kit only.',
			`^(\\.\\./){${depth + 1},}(?!kit/)\\w`,
		),
	),
	forbidImports(['providers/kit/**/*.ts'], 'The kit knows nobody.', '^\\.\\./'),
	// Never out of the sandbox, from each depth there is in it.
	...['sandbox/*.ts', 'sandbox/*/*.ts', 'sandbox/*/*/*.ts'].map((files, depth) =>
		forbidImports(
			[files],
			'The sandbox is a second implementation: shared code would hide a mistake in both.',
			`^(\\.\\./){${depth + 1}}`,
		),
	),
);
