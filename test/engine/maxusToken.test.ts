import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { MaxusToken } from '../../nodes/MaxusToken/MaxusToken.node';
import { startSandbox, type Sandbox } from '../../sandbox';
import { settle } from '../support/fakeClock';
import { everythingIn } from '../support/leaks';
import {
	SAMPLE_ANSWER,
	SAMPLE_EXPIRES_AT,
	SAMPLE_ISSUED_AT,
	SAMPLE_PRIVATE_EXPONENT,
	SAMPLE_TOKEN,
} from '../support/maxusSample';
import { runNode, type NodeRun } from './harness';
import { engine } from './engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterEach(() => jest.restoreAllMocks());
afterAll(async () => await sandbox.close());

const NO_RETRIES = { options: { maxRetries: 0 } };

interface Run extends Partial<NodeRun> {
	credential?: Record<string, string>;
	count?: number;
}

async function getTokens({ credential = {}, count = 1, ...run }: Run = {}) {
	return await runNode({
		node: new MaxusToken(engine),
		credentials: { maxusApi: { ...sandbox.credentials.maxusApi, ...credential } },
		items: Array.from({ length: count }, (_, index) => ({ json: { index } })),
		...run,
	});
}

/** A secret that was not refused before: a refusal is remembered for a minute. */
let wrongSecrets = 0;
const wrongSecret = () => ({ serviceSecret: `fake-wrong-secret-${(wrongSecrets += 1)}` });

describe('a token item', () => {
	it("for the token of the vendor's document is exactly this", async () => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2023-12-26T05:42:20.190Z'));
		sandbox.faults.maxus.tokenFailures = [{ status: 200, body: JSON.stringify(SAMPLE_ANSWER) }];
		const { items } = await getTokens();
		expect(items).toEqual([
			{
				json: {
					token: SAMPLE_TOKEN,
					headerName: 'maxus_jwt',
					headerValue: SAMPLE_TOKEN,
					issuedAt: SAMPLE_ISSUED_AT,
					expiresAt: SAMPLE_EXPIRES_AT,
					expiresIn: 180,
					claims: {
						ascCode: '1',
						ascId: 1,
						ascName: '1',
						callBackUrl: '1',
						expireTimeStamp: '1703569520190',
						remark: '1',
						rsaVO: {
							rsaPublicExponent: '10001',
							rsaModules: expect.stringMatching(/^8e66f177/) as string,
							gainCount: 43,
						},
						sapAccount: '1',
						serviceCode: 'australia',
						iat: 1703569340,
						exp: 1703570780,
					},
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(JSON.stringify(items[0]?.json.claims)).not.toContain(SAMPLE_PRIVATE_EXPONENT);
	});

	it.each([
		['2023-12-26T05:42:21.191Z', 178],
		['2023-12-26T05:45:20.189Z', 0],
		['2023-12-27T00:00:00.000Z', 0],
	])('made at %s is valid for %i more seconds', async (now, expiresIn) => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.parse(now));
		sandbox.faults.maxus.tokenFailures = [{ status: 200, body: JSON.stringify(SAMPLE_ANSWER) }];
		const { items } = await getTokens();
		expect(items[0]?.json.expiresIn).toBe(expiresIn);
	});

	it('holds a token that Maxus accepts', async () => {
		const { items } = await getTokens();
		const { headerName, headerValue } = items[0]?.json as Record<string, string>;
		const response = await fetch(`${sandbox.credentials.maxusApi.baseUrl}/fir/update`, {
			method: 'POST',
			headers: {
				[String(headerName)]: String(headerValue),
				'X-Timestamp': String(Math.floor(Date.now() / 1000)),
			},
		});
		expect(response.status).toBe(200);
	});
});

it.each([
	['timeout', -1, 'Timeout (Ms)'],
	['timeout', '={{ "soon" }}', 'Timeout (Ms)'],
	['maxRetries', '={{ "often" }}', 'Max Retries'],
])('an option %s of %s is refused before a call', async (name, value, label) => {
	const { error } = await getTokens({ parameters: { options: { [name]: value } } });
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error?.message).toBe(`"${label}" must be a number, 0 or more`);
	expect(sandbox.requests).toEqual([]);
});

it.each(['={{ "5000" }}', '={{ "" }}', '={{ undefined }}', 0])(
	'a timeout of %s is fine',
	async (timeout) => {
		const { items, error } = await getTokens({ parameters: { options: { timeout } } });
		expect(error).toBeNull();
		expect(items).toHaveLength(1);
	},
);

it('gives 100 items 100 tokens, each paired with its item', async () => {
	const { items, error } = await getTokens({ count: 100 });
	expect(error).toBeNull();
	expect(new Set(items.map(({ json }) => json.token)).size).toBe(100);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
		Array.from({ length: 100 }, (_, item) => ({ item })),
	);
	expect(sandbox.requests).toHaveLength(100);
});

it('sends the time, trims the credential, and takes a base URL with a slash', async () => {
	const { baseUrl, serviceCode } = sandbox.credentials.maxusApi;
	const { error } = await getTokens({
		credential: { baseUrl: ` ${baseUrl}/ `, serviceCode: `${serviceCode}\n` },
	});
	expect(error).toBeNull();
	expect(sandbox.requests).toEqual([
		expect.objectContaining({
			path: '/maxus/australia/base/api/token/register',
			headers: expect.objectContaining({
				'x-timestamp': expect.stringMatching(/^\d{10}$/) as string,
			}) as object,
		}),
	]);
});

describe('a wrong secret', () => {
	it('is a NodeApiError that says which item, what happened and what to do', async () => {
		const { error, items } = await getTokens({ credential: wrongSecret(), count: 3 });
		expect(items).toEqual([]);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error?.message).toBe('Maxus did not issue a token: serviceSecret is wrong');
		expect(error?.description).toContain('Check the Service Code, the Service Secret');
		expect(error?.context.itemIndex).toBe(0);
	});

	it('is one attempt for 100 items, whatever happens on an error', async () => {
		const credential = wrongSecret();
		await getTokens({ credential, count: 100 });
		await getTokens({ credential, count: 100, onError: 'continueRegularOutput' });
		expect(sandbox.requests).toHaveLength(1);
	});

	it('with "Continue" gives error items in the output', async () => {
		const { items, error } = await getTokens({
			credential: wrongSecret(),
			count: 2,
			onError: 'continueRegularOutput',
		});
		expect(error).toBeNull();
		expect(items).toEqual(
			[0, 1].map((item) => ({
				json: {
					error: 'Maxus did not issue a token: serviceSecret is wrong',
					details: { advice: expect.any(String) as string, errorCode: '0', httpStatus: 200 },
				},
				pairedItem: { item },
			})),
		);
	});

	it('shows up nowhere in what n8n stores', async () => {
		const serviceSecret = 'fake-wrong-secret-to-be-found-nowhere';
		const body = JSON.stringify({ status: 0, errMsg: `bad ${serviceSecret} ${SAMPLE_TOKEN}` });
		sandbox.faults.maxus.tokenFailures = [{ status: 403, body }];
		const { error, execution } = await getTokens({ credential: { serviceSecret } });
		expect(error?.message).toBe('Maxus refused the credential (HTTP 403): bad *** ***');
		for (const shown of [error, execution]) {
			expect(everythingIn(shown)).not.toContain(serviceSecret);
			expect(everythingIn(shown)).not.toContain(SAMPLE_TOKEN);
		}
	});
});

it('with "Continue (using error output)" the other items go on', async () => {
	const failure = { status: 405, body: JSON.stringify({ status: 0, errMsg: 'unknown' }) };
	sandbox.faults.maxus.tokenFailures = [{ ...failure, times: 1 }];
	const { items, errorItems } = await getTokens({ count: 5, onError: 'continueErrorOutput' });
	expect(items.length + errorItems.length).toBe(5);
	expect(errorItems.length).toBeGreaterThan(0);
	// n8n itself adds what the input item held.
	expect(errorItems[0]?.json).toEqual({
		index: 0,
		error: 'Maxus did not issue a token (HTTP 405): unknown',
		details: { advice: expect.any(String) as string, errorCode: '405', httpStatus: 405 },
	});
	for (const { json } of items) expect(json).toHaveProperty('token');
});

describe('a vendor that', () => {
	it('is down for a moment is asked again', async () => {
		sandbox.faults.maxus.tokenFailures = [{ status: 503, headers: { 'Retry-After': '0' } }];
		const { items, error } = await getTokens();
		expect(error).toBeNull();
		expect(items).toHaveLength(1);
		expect(sandbox.requests).toHaveLength(2);
	});

	it.each([
		['status 0 under HTTP 200', { refusal: {} }],
		['HTTP 400', { status: 400, body: '{"status":0}' }],
		['HTTP 500', { status: 500, body: '{"status":0}' }],
	])('has a fault of its own (%s) is asked again', async (_what, failure) => {
		sandbox.faults.maxus.tokenFailures = [{ ...failure, headers: { 'Retry-After': '0' } }];
		const { items, error } = await getTokens({ count: 20 });
		expect(error).toBeNull();
		expect(items).toHaveLength(20);
		expect(sandbox.requests).toHaveLength(21);
	});

	it('has faults of its own does not have the credential refused for the next run', async () => {
		sandbox.faults.maxus.tokenFailures = [{ refusal: {} }];
		const { error } = await getTokens({ parameters: NO_RETRIES });
		expect(error?.message).toBe('Maxus met an internal fault (status 0): Unknown Exception');
		expect((await getTokens()).items).toHaveLength(1);
	});

	it('is hidden by a page or a foreign answer does not have the credential refused', async () => {
		for (const body of ['<html>Sign in</html>', '{"hello":"world"}']) {
			sandbox.faults.maxus.tokenFailures = [{ status: 200, body }];
			expect((await getTokens()).error?.description).toContain('Check the Base URL');
			expect((await getTokens()).items).toHaveLength(1);
		}
	});

	it('stays down is given up', async () => {
		sandbox.faults.maxus.tokenFailures = [
			{ status: 503, headers: { 'Retry-After': '0' }, times: Infinity },
		];
		const { error } = await getTokens({ parameters: { options: { maxRetries: 2 } } });
		expect(sandbox.requests).toHaveLength(3);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error?.message).toBe('Maxus is not available at the moment (HTTP 503)');
		expect(error).toMatchObject({ httpCode: '503' });
	});

	it('is not running: the message names host and port', async () => {
		const { port, host } = new URL(sandbox.url);
		const gone = await startSandbox();
		const { url } = gone;
		await gone.close();
		expect(url).not.toContain(port);
		const { error } = await getTokens({ credential: { baseUrl: url }, parameters: NO_RETRIES });
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error?.message).toBe(`${new URL(url).host} refused the connection`);
		expect(error?.message).not.toContain(host);
		expect(error?.description).toContain('that the service is running');
	});

	it('has an unknown host: the message names it, and nothing is tried again', async () => {
		const start = Date.now();
		const { error } = await getTokens({
			credential: { baseUrl: 'http://maxus.invalid/australia' },
		});
		expect(error?.message).toBe('The host maxus.invalid could not be found');
		expect(Date.now() - start).toBeLessThan(5000);
	});

	it('cuts the connection', async () => {
		sandbox.faults.maxus.tokenFailures = [{ cut: true, times: Infinity }];
		const { error } = await getTokens({ parameters: NO_RETRIES });
		expect(error?.message).toMatch(/closed the connection before it responded$/);
	});

	it('is slow: the timeout of the node holds', async () => {
		sandbox.faults.maxus.tokenDelayMs = 5000;
		const { error } = await getTokens({ parameters: { options: { maxRetries: 0, timeout: 50 } } });
		expect(error?.message).toMatch(/did not respond in time$/);
	});

	it.each([
		['a web page', '<html><h1>Sign in</h1></html>', /a web page instead of JSON \(HTTP 200\)$/],
		['nothing', '', /an empty page instead of JSON \(HTTP 200\)$/],
		['success without a token', '{"status":1,"data":null}', /success but sent no token$/],
	])('answers with %s', async (_name, body, message) => {
		sandbox.faults.maxus.tokenFailures = [{ status: 200, body, times: Infinity }];
		const { error } = await getTokens();
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error?.message).toMatch(message);
		expect(error?.description).toBeTruthy();
	});

	it.each([301, 302, 307, 308])(
		'redirects (%i) is not followed: no secret leaves',
		async (status) => {
			const redirectTo = `${sandbox.strangerUrl}/collect`;
			sandbox.faults.maxus.tokenFailures = [{ status, redirectTo, times: Infinity }];
			const { error } = await getTokens();
			expect(error?.message).toBe('Maxus responded to the token request with a redirect');
			expect(sandbox.requests.filter(({ vendor }) => vendor === 'stranger')).toEqual([]);
			expect(sandbox.requests).toHaveLength(1);
		},
	);
});

describe('a credential that cannot be right', () => {
	it.each([
		[{ serviceSecret: ' ' }, 'The credential has no Service Secret'],
		[{ baseUrl: 'maxus' }, 'The Base URL of the credential is not a valid URL'],
	])('%j is refused before any call', async (credential, message) => {
		const { error } = await getTokens({ credential });
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error?.message).toBe(message);
		expect(error?.context.itemIndex).toBe(0);
		expect(sandbox.requests).toEqual([]);
	});

	it('with "Continue" gives error items with the code null', async () => {
		const { items } = await getTokens({
			credential: { serviceCode: '' },
			onError: 'continueRegularOutput',
		});
		expect(items[0]?.json).toEqual({
			error: 'The credential has no Service Code',
			details: { advice: expect.any(String) as string, errorCode: null },
		});
	});
});

describe('a stopped execution', () => {
	it('stops the calls that are under way, and starts no other', async () => {
		sandbox.faults.maxus.tokenDelayMs = 10_000;
		const stop = new AbortController();
		const running = getTokens({ count: 100, signal: stop.signal });
		while (sandbox.requests.length === 0) await settle();
		const stoppedAt = Date.now();
		stop.abort();
		const { execution } = await running;
		expect(Date.now() - stoppedAt).toBeLessThan(3000);
		expect(execution.status).toBe('canceled');
		expect(sandbox.requests).toHaveLength(1);
		while (!sandbox.requests.every(({ aborted }) => aborted)) await settle();
	});

	it('stops waiting for the next try', async () => {
		sandbox.faults.maxus.tokenFailures = [
			{ status: 503, headers: { 'Retry-After': '50' }, times: Infinity },
		];
		const stop = new AbortController();
		const start = Date.now();
		setTimeout(() => stop.abort(), 100);
		const { execution } = await getTokens({ signal: stop.signal });
		expect(Date.now() - start).toBeLessThan(3000);
		expect(execution.status).toBe('canceled');
	});
});
