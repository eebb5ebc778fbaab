/** jose and @noble/ciphers are published as ES modules only. */
const transform = {
	'^.+\\.[tj]s$': [
		'@swc/jest',
		{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
	],
};

const shared = {
	transform,
	transformIgnorePatterns: ['/node_modules/(?!(jose|@noble/ciphers|@noble/hashes)/)'],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/host/node_modules', '<rootDir>/.cache'],
};

module.exports = {
	projects: [
		{
			...shared,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/{providers,credentials,nodes,sandbox}/**/*.test.ts'],
		},
		{ ...shared, displayName: 'engine', testMatch: ['<rootDir>/test/engine/**/*.test.ts'] },
		{ ...shared, displayName: 'package', testMatch: ['<rootDir>/test/package/**/*.test.ts'] },
		{
			...shared,
			displayName: 'e2e',
			testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
			globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
			globalTeardown: '<rootDir>/test/e2e/globalTeardown.ts',
		},
		{ ...shared, displayName: 'system', testMatch: ['<rootDir>/test/system/**/*.test.ts'] },
	],
};
