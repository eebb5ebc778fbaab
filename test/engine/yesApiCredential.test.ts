import { runHelpers } from './harness';
import { pressTest } from './credentialTest';

import { startSandbox, type Sandbox } from '../../sandbox';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

beforeEach(() => sandbox.reset());

afterAll(async () => await sandbox.close());

const credential = (change: object = {}) => ({ ...sandbox.credentials.yesApi, ...change });

describe('the Test button', () => {
	it.each([{}, { pathStyle: 'path' }, { pathStyle: 'path', signService: true }])(
		'says that a good credential works (%j)',
		async (change) => {
			expect(await pressTest('yesApi', credential(change))).toMatchObject({ status: 'OK' });
			expect(sandbox.requests.map(({ kind }) => kind)).toEqual(['token', 'business']);
		},
	);

	it('says so whatever the service says to a call without an interface', async () => {
		sandbox.faults.yesApi.businessFailures = [{ status: 503, times: Infinity }];
		const good = credential({ baseUrl: `${sandbox.url}/yesapi/ ` });
		expect(await pressTest('yesApi', good)).toMatchObject({ status: 'OK' });
		expect(sandbox.requests.at(-1)?.status).toBe(503);
	});

	it('says so of an app that has signing switched off, without a secret', async () => {
		const unsigned = { ...sandbox.credentials.yesApiUnsigned, appSecret: '' };
		expect(await pressTest('yesApi', unsigned)).toMatchObject({ status: 'OK' });
	});

	it('says what YesApi says under HTTP 200', async () => {
		const wrong = credential({ appSecret: 'my-wrong-secret' });
		expect(await pressTest('yesApi', wrong)).toEqual({
			status: 'Error',
			message:
				'YesApi did not accept the signature (ret 409): 签名错误. Check the App Secret of the credential, and that the app is set to a dynamic signature in the YesApi console.',
		});
	});

	it('says what is wrong with an app key before any call', async () => {
		expect(await pressTest('yesApi', credential({ appKey: 'short' }))).toEqual({
			status: 'Error',
			message:
				'The App Key of the credential must have at least 32 characters, and has 5. Copy it from the YesApi console again, in full.',
		});
		expect(sandbox.requests).toEqual([]);
	});
});

it('gives one token to several calls, also to a server that is not of YesApi', async () => {
	const { error } = await runHelpers(
		{
			credentials: { yesApi: sandbox.credentials.yesApiUnsigned },
			items: [{ json: {} }, { json: {} }, { json: {} }],
		},
		async (context) =>
			await context.helpers.httpRequestWithAuthentication.call(context, 'yesApi', {
				url: `${sandbox.strangerUrl}/orders`,
			}),
	);
	expect(error).toBeNull();
	const [token, ...calls] = sandbox.requests;
	expect(token?.kind).toBe('token');
	expect(calls.map(({ vendor, headers }) => [vendor, headers.authorization])).toEqual(
		Array.from({ length: 3 }, () => ['stranger', `Bearer ${token?.token}`]),
	);
});
