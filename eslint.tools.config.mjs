/**
 * For what is not published. n8n's own configuration, in eslint.config.mjs, has to stay as n8n ships
 * it, and forbids what a server or a test needs: modules of Node.js, timers, the console.
 */
import tseslint from 'typescript-eslint';

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
);
