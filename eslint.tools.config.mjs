/**
 * What n8n's own configuration, in eslint.config.mjs, does not check; that one has to stay as n8n ships
 * it. Sources that are published get the rule about imports from here, on top of n8n's. The rest gets
 * all its rules from here: n8n's forbid what a server or a test needs, such as modules of Node.js,
 * timers and the console.
 */
import tseslint from 'typescript-eslint';

/** In `files` no import may match one of `patterns` (regular expressions). */
const forbidImports = (files, message, ...patterns) => ({
	files,
	rules: {
		'no-restricted-imports': ['error', { patterns: patterns.map((regex) => ({ regex, message })) }],
	},
});

export default tseslint.config(
	{ ignores: ['**/node_modules/**'] },
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommended],
		rules: {
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			'@typescript-eslint/no-require-imports': 'off',
		},
	},
	forbidImports(
		['nodes/**/*.ts', 'credentials/**/*.ts'],
		'Nodes and credentials use what providers/index.ts exports, and not each other.',
		'/providers/',
		'^(\\.\\./)+(nodes|credentials)(/|$)',
		'^(\\.\\./)+(sandbox|host|test|bench)(/|$)',
	),
	forbidImports(
		['providers/*.ts'],
		'Providers depend on nothing else of this package.',
		'^\\.\\./',
	),
	forbidImports(
		['providers/*/**/*.ts'],
		'The engine knows no vendor, and a vendor knows the kit only.',
		'^\\.\\./(?!kit/)',
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
