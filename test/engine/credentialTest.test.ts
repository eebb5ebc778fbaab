import { startSandbox, type Sandbox } from '../../sandbox';
import { pressTest } from './credentialTest';
import { runHelpers } from './harness';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterAll(async () => await sandbox.close());

describe.each([
	['agentAuthApi', 'agentAuth', 'Agent Auth did not issue a token (HTTP 500)'],
	['serviceCombApi', 'serviceComb', 'ServiceComb did not issue a token (HTTP 500)'],
	['yesApi', 'yesApi', 'YesApi did not carry out the call (HTTP 500)'],
] as const)('with a token of %s in memory', (type, vendor, message) => {
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
		expect(sandbox.requests[0]).toMatchObject({ vendor, kind: 'token', status: 200 });
		const names = sandbox.requests.flatMap(({ headers }) => Object.keys(headers));
		expect(names.filter((name) => name.includes('credential-test'))).toEqual([]);
	});

	it('the Test button says so when no login is possible any more', async () => {
		sandbox.faults[vendor].tokenFailures = [{ status: 500, body: '{}', times: Infinity }];
		const result = await pressTest(type, stored());
		sandbox.faults[vendor].tokenFailures = [];
		expect(result.status).toBe('Error');
		expect(result.message).toContain(message);
	});
});
