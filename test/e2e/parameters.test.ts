import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../host/step';
import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { httpRequestParameters, settingsOf } from './support/httpRequestParameters';

const theirs = settingsOf(httpRequestParameters());
const ours = settingsOf(new AuthenticatedRequest().description.properties);

const LEFT_OUT = [
	'authentication',
	'nodeCredentialType',
	'genericAuthType',
	'sslCertificate',
	'options.sendCredentialsOnCrossOriginRedirect',
];

const ADDED = [
	'callTo',
	'credentials',
	'provider',
	'tokenUse',
	'toolDescription',
	'options.concurrency',
	'options.credentialPerItem',
	'options.failOnVendorErrorCode',
	'options.largeNumbersAsText',
	'options.maxRetries',
	'options.requestsPerMinute',
	'options.retryNonIdempotent',
	'options.sessionToken',
	'options.signRequest',
	'options.uuid',
	'options.verifyResponse',
	'options.expiredWhen',
];

test('each parameter of HTTP Request is here, or is left out for a reason', () => {
	const missing = [...theirs.keys()].filter((path) => !ours.has(path));
	expect(missing.sort()).toEqual([...LEFT_OUT].sort());
	const added = [...ours.keys()].filter((path) => !theirs.has(path));
	expect(added.sort()).toEqual([...ADDED].sort());
});

test('they come in the same order, but for options, where those that most people look for come first', () => {
	const isOption = (path: string) => path.startsWith('options.');
	const order = [...ours.keys()].filter((path) => theirs.has(path));
	const theirOrder = [...theirs.keys()].filter((path) => ours.has(path));
	expect(order.filter((path) => !isOption(path))).toEqual(
		theirOrder.filter((path) => !isOption(path)),
	);
	const options = new Set(
		[...ours.keys()].filter(isOption).map((path) => path.split('.')[1] ?? ''),
	);
	expect([...options].slice(0, 4)).toEqual(['response', 'pagination', 'timeout', 'concurrency']);
});

test.each([...theirs].filter(([path]) => ours.has(path)))('%s is the same', (path, setting) => {
	expect(ours.get(path)).toEqual(setting);
});

describe('The comparison in the documentation', () => {
	const text = readFileSync(join(ROOT, 'docs/http-request-parity.md'), 'utf8');
	const rows = text
		.split('\n')
		.filter((line) => line.startsWith('| `'))
		.map((line) =>
			line
				.split(/(?<!\\)\|/)
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);

	test('has a row for each parameter of either node', () => {
		const named = rows.flatMap(([names = '']) =>
			[...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
		);
		// A group stands for itself in the rows of what it holds.
		const leaves = [...theirs, ...ours]
			.filter(([, { type }]) => !['collection', 'fixedCollection'].includes(type))
			.map(([path]) => path.replace(/^options\./, ''));
		for (const path of new Set(leaves)) expect(named).toContain(path);
	});

	test('has no row without a test or a reason', () => {
		expect(rows.length).toBeGreaterThan(30);
		for (const [names, here, why] of rows) {
			expect([names, here]).toEqual([
				names,
				expect.stringMatching(/^(has|has better|left out|new)$/),
			]);
			const tests = [...(why ?? '').matchAll(/\b(?:e2e|engine)\/[\w/]+/g)].map(([path]) => path);
			if (here !== 'left out') expect([names, tests]).not.toEqual([names, []]);
			expect((why ?? '').length).toBeGreaterThan(5);
			for (const path of tests)
				expect([path, existsSync(join(ROOT, 'test', `${path}.test.ts`))]).toEqual([path, true]);
		}
	});
});
