// Where local time is UTC, a test cannot tell the one from the other. The workers take this over.
process.env.TZ = 'America/St_Johns';

/** Published as ES modules only. */
const ES_MODULES = [
	'jose',
	'@noble/(ciphers|hashes)',
	'(boolbase|css-select|css-what|nth-check)',
	'(dom-serializer|domelementtype|domhandler|domutils|entities|htmlparser2)',
];

const transform = {
	'^.+\\.[tj]s$': [
		'@swc/jest',
		{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
	],
};

const shared = {
	transform,
	transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
	modulePathIgnorePatterns: [
		'<rootDir>/dist',
		'<rootDir>/packages/[^/]+/dist',
		'<rootDir>/host/node_modules',
		'<rootDir>/.cache',
	],
	// Without these jest looks through all that is installed, and most of it belongs to the n8n in host.
	roots: [
		'bench',
		'credentials',
		'nodes',
		'packages',
		'providers',
		'sandbox',
		'scripts',
		'test',
	].map((folder) => `<rootDir>/${folder}`),
};

const inOneRealm = {
	testEnvironment: '<rootDir>/test/jest/environment.js',
	setupFiles: ['<rootDir>/test/jest/setup.js'],
};

module.exports = {
	// For what hangs: a busy machine takes its time. Jest reads this here and not in a project.
	testTimeout: 300_000,
	collectCoverageFrom: ['{credentials,nodes,providers}/**/*.ts'],
	projects: [
		{
			...shared,
			...inOneRealm,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/{credentials,docs,nodes,providers,sandbox,scripts}/**/*.test.ts'],
		},
		{
			...shared,
			...inOneRealm,
			displayName: 'engine',
			testMatch: ['<rootDir>/test/engine/**/*.test.ts'],
		},
		{
			...shared,
			...inOneRealm,
			displayName: 'packages',
			testMatch: ['<rootDir>/test/packages/**/*.test.ts'],
		},
		{
			...shared,
			...inOneRealm,
			displayName: 'faults',
			testMatch: ['<rootDir>/test/faults/**/*.test.ts'],
		},
		{
			...shared,
			...inOneRealm,
			displayName: 'soak',
			testMatch: ['<rootDir>/test/soak/**/*.test.ts'],
		},
		{ ...shared, displayName: 'package', testMatch: ['<rootDir>/test/package/**/*.test.ts'] },
		{
			...shared,
			displayName: 'e2e',
			testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
			globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
			globalTeardown: '<rootDir>/test/e2e/globalTeardown.ts',
		},
		{
			...shared,
			displayName: 'packages-e2e',
			testMatch: ['<rootDir>/test/packages-e2e/**/*.test.ts'],
		},
		{
			...shared,
			...inOneRealm,
			displayName: 'peers',
			testMatch: ['<rootDir>/test/peers/**/*.test.ts'],
			globalSetup: '<rootDir>/test/peers/globalSetup.ts',
			globalTeardown: '<rootDir>/test/peers/globalTeardown.ts',
		},
		{ ...shared, displayName: 'system', testMatch: ['<rootDir>/test/system/**/*.test.ts'] },
	],
};
