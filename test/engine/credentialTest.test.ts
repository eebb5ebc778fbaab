import { providers, type Provider } from '../../providers';
import type { ProviderType } from '../../providers/registry';
import { startSandbox, type Sandbox } from '../../sandbox';
import { pressTest } from './credentialTest';
import { runHelpers } from './harness';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterAll(async () => await sandbox.close());

/** What the Test button says where a login is answered with HTTP 500. */
const NO_LOGIN: Partial<Record<string, string>> = {
	agentAuthApi: 'Agent Auth cannot issue a token at the moment (HTTP 500)',
	serviceCombApi: 'ServiceComb cannot issue a token at the moment (HTTP 500)',
	yesApi: 'YesApi did not carry out the call (HTTP 500)',
};

const reusing = Object.values<Provider>(providers)
	.filter(({ tokens }) => tokens.reuse !== 'never')
	.map(({ type }) => type as ProviderType);

describe.each(reusing)('with a token of %s in memory', (type) => {
	const stored = () => ({ ...sandbox.credentials[type] });

	beforeAll(async () => {
		const url = `${sandbox.credentials[type].baseUrl}/echo`;
		await runHelpers({ credentials: { [type]: stored() } }, async (context) => {
			const call = { method: 'POST' as const, url, body: {} };
			await context.helpers.httpRequestWithAuthentication.call(context, type, call);
			return {};
		});
	});

	beforeEach(() => {
		sandbox.requests.length = 0;
	});

	it('the Test button still logs in, and sends no header of ours', async () => {
		expect(await pressTest(type, stored())).toMatchObject({ status: 'OK' });
		expect(sandbox.requests[0]).toMatchObject({ kind: 'token', status: 200 });
		const names = sandbox.requests.flatMap(({ headers }) => Object.keys(headers));
		expect(names.filter((name) => name.includes('credential-test'))).toEqual([]);
	});

	it('the Test button says so when no login is possible any more', async () => {
		sandbox.faultsOf(type).tokenFailures = [{ status: 500, body: '{}', times: Infinity }];
		const result = await pressTest(type, stored());
		sandbox.faultsOf(type).tokenFailures = [];
		expect(result.status).toBe('Error');
		expect(result.message).toContain(NO_LOGIN[type] ?? '(HTTP 500)');
	});
});

describe.each(Object.values<Provider>(providers).map(({ type }) => type as ProviderType))(
	'the Test button of %s',
	(type) => {
		beforeEach(() => sandbox.reset());

		it.each([
			['the host of the Base URL', { allowedHttpRequestDomains: 'all' }, 'OK'],
			['a list', { allowedHttpRequestDomains: 'domains', allowedDomains: '127.0.0.1' }, 'OK'],
			[
				'a list without the host',
				{ allowedHttpRequestDomains: 'domains', allowedDomains: 'other.example' },
				'Error',
			],
			['nowhere', { allowedHttpRequestDomains: 'none' }, 'OK'],
		])('keeps to where the token may go: %s', async (_, hosts, status) => {
			const tested = await pressTest(type, { ...sandbox.credentials[type], ...hosts });
			expect(tested).toMatchObject({ status });
			expect(sandbox.requests.length > 0).toBe(status === 'OK');
		});
	},
);
