import { calls, fields, logins, numbered, request, sandbox, serve } from './setup';
import { skipPauses, waits } from './skippedTime';

import type { ProviderType } from '../../../providers/registry';
import { contentOf } from './setup';

skipPauses();

const post = { method: 'POST' };

/** The service refuses the next business calls in its own words, under HTTP 200. */
const refusals: Array<[ProviderType, object, string, () => void]> = [
	[
		'maxusApi',
		post,
		'Maxus did not carry out the call (status 0): claim number is wrong',
		() => {
			sandbox.faults.maxus.businessFailures = [{ refusal: { message: 'claim number is wrong' } }];
		},
	],
	[
		'agentAuthApi',
		post,
		'Agent Auth could not read the parameters of the call (code 11): Parameters error',
		() => {
			sandbox.faults.agentAuth.businessFailures = [{ refusal: { code: 11 } }];
		},
	],
];

describe.each(refusals)('a refusal of %s under HTTP 200', (provider, call, message, refuse) => {
	it('fails the item, with the code of the vendor', async () => {
		refuse();
		const { items, error } = await request(call, { provider });
		expect(items).toEqual([]);
		expect(error).toMatchObject({ name: 'NodeApiError', message });
		expect(calls()).toHaveLength(1);
	});

	it('becomes an error item where the workflow is to go on', async () => {
		refuse();
		const run = { provider, onError: 'continueErrorOutput' as const };
		const { items, errorItems } = await request(call, { ...run, items: numbered(3) });
		expect(items).toHaveLength(2);
		expect(errorItems).toMatchObject([
			{
				json: {
					error: message,
					details: {
						advice: expect.any(String) as string,
						errorCode: provider === 'maxusApi' ? '0' : '11',
					},
				},
			},
		]);
	});

	it.each([
		['with the option off', { failOnVendorErrorCode: false }],
		['with Never Error', { response: { response: { neverError: true } } }],
		[
			'with Never Error and the option on',
			{ failOnVendorErrorCode: true, response: { response: { neverError: true } } },
		],
	])('is the output %s', async (_what, options) => {
		refuse();
		const { items, error } = await request({ ...call, options }, { provider });
		expect(error).toBeNull();
		expect(items).toHaveLength(1);
	});

	it('fails the item whatever the body was to be read as', async () => {
		for (const responseFormat of ['json', 'text', 'file', 'autodetect']) {
			refuse();
			const parameters = { ...call, options: { response: { response: { responseFormat } } } };
			expect((await request(parameters, { provider })).error?.message).toBe(message);
		}
	});
});

it('says the handling suggestion and the logUUID of Agent Auth', async () => {
	sandbox.faults.agentAuth.businessFailures = [{ refusal: { code: 83 } }];
	const { error } = await request(post, { provider: 'agentAuthApi' });
	expect(error?.description).toMatch(/clock.*logUUID [0-9a-f-]{36}\./);
});

it('says them under another HTTP status too', async () => {
	sandbox.faults.agentAuth.businessFailures = [{ status: 400, refusal: { code: 11 } }];
	const { error } = await request(post, { provider: 'agentAuthApi' });
	expect(error).toMatchObject({
		message: 'Agent Auth could not read the parameters of the call (code 11): Parameters error',
		httpCode: '400',
	});
	expect(error?.description).toMatch(/logUUID/);
});

it('quotes no more of a refusal than helps, and no secret', async () => {
	const { serviceSecret } = sandbox.credentials.maxusApi;
	const errMsg = `${'x'.repeat(900)} ${serviceSecret} ${'y'.repeat(500_000)}`;
	sandbox.faults.maxus.businessFailures = [{ refusal: { message: errMsg } }];
	const { error, execution } = await request(post);
	expect(error?.message).toContain('x *** y');
	expect(error?.message.length).toBeLessThan(1100);
	expect(JSON.stringify(execution)).not.toContain(serviceSecret);
	expect(JSON.stringify(execution).length).toBeLessThan(20_000);
});

it('fails a page like any other call', async () => {
	sandbox.faults.agentAuth.businessFailures = [{ refusal: { code: 11 } }];
	const pagination = {
		pagination: {
			paginationMode: 'updateAParameterInEachRequest',
			parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount }}' }] },
			limitPagesFetched: true,
			maxRequests: 3,
		},
	};
	const { error } = await request(
		{ ...post, options: { pagination } },
		{ provider: 'agentAuthApi' },
	);
	expect(error?.message).toContain('(code 11): Parameters error');
	expect(calls()).toHaveLength(1);
});

describe('a code that says the token is no longer good', () => {
	it('has it renewed once, as a 401 does', async () => {
		sandbox.faults.agentAuth.businessFailures = [{ refusal: { code: 12 }, times: 4 }];
		const parameters = {
			...post,
			tokenUse: 'reuse',
			sendBody: true,
			bodyParameters: fields(['username', 'someone']),
		};
		const { items, error } = await request(parameters, { provider: 'agentAuthApi' });
		expect(error).toBeNull();
		expect(items[0]?.json.body).toEqual({ username: 'someone' });
		expect(logins()).toHaveLength(2);
		// Three more attempts with a token that was just issued.
		expect(calls()).toHaveLength(5);
	});

	it('has it renewed no more than once', async () => {
		sandbox.faults.agentAuth.businessFailures = [{ refusal: { code: 12 }, times: 9 }];
		const { error } = await request(post, { provider: 'agentAuthApi' });
		expect(error?.message).toBe(
			'Agent Auth did not authorize this agent (code 12): Authorization failed',
		);
		expect(calls()).toHaveLength(8);
		expect(logins()).toHaveLength(2);
	});
});

describe('a fault that may pass', () => {
	const unknown = () => {
		sandbox.faults.maxus.businessFailures = [{ refusal: {}, times: 2 }];
	};

	it('has a call sent again that repeats nothing', async () => {
		unknown();
		const { error } = await request();
		expect(error).toBeNull();
		expect(calls()).toHaveLength(3);
		expect(waits).toHaveLength(2);
	});

	it('has no POST sent again, unless the user says so', async () => {
		unknown();
		const { error } = await request(post);
		expect(error?.message).toBe('Maxus did not carry out the call (status 0): Unknown Exception');
		expect(calls()).toHaveLength(1);
		const again = await request({ ...post, options: { retryNonIdempotent: true } });
		expect(again.error).toBeNull();
	});
});

describe('what is no refusal', () => {
	const served = async (contentType: string, body: string, responseFormat = 'autodetect') => {
		const baseUrl = await serve((incoming, answer) => {
			if (incoming.url?.endsWith('/register') === true) {
				answer.setHeader('Content-Type', 'application/json');
				answer.end('{"status":1,"errMsg":"register success","data":"opaque-fake"}');
				return;
			}
			answer.setHeader('Content-Type', contentType);
			for (let at = 0; at < body.length; at += 65_536) answer.write(body.slice(at, at + 65_536));
			answer.end();
		});
		const options = { response: { response: { responseFormat } } };
		return await request({ options }, { credential: { baseUrl } });
	};

	it('is a file, whatever is in it', async () => {
		const { items, error } = await served('application/octet-stream', '{"status":0}');
		expect(error).toBeNull();
		expect((await contentOf(items[0])).toString()).toBe('{"status":0}');
	});

	it.each([1024 * 1024, 1024 * 1024 + 1, 3 * 1024 * 1024])(
		'is a JSON file of %i bytes: it comes whole',
		async (length) => {
			const start = '{"status":1,"data":"';
			const body = `${start}${'x'.repeat(length - start.length - 2)}"}`;
			const { items, error } = await served('application/json', body, 'file');
			expect(error).toBeNull();
			expect((await contentOf(items[0])).toString()).toBe(body);
		},
	);

	it('is JSON longer than any refusal', async () => {
		const body = JSON.stringify({ status: 0, errMsg: 'x'.repeat(1024 * 1024) });
		const { items, error } = await served('application/json', body);
		expect(error).toBeNull();
		expect(items[0]?.json.status).toBe(0);
	});

	it('is a list, a text, an empty body', async () => {
		expect((await served('application/json', '[{"status":0}]')).error).toBeNull();
		expect((await served('text/plain', 'status 0')).error).toBeNull();
		expect((await served('application/json', '')).error).toBeNull();
	});

	it('is not JSON by its type, and still found out', async () => {
		const { error } = await served('text/html', '{"status":0,"errMsg":"no"}');
		expect(error?.message).toBe('Maxus did not carry out the call (status 0): no');
	});
});

describe('ServiceComb', () => {
	const provider = 'serviceCombApi';
	const reader = () => ({ ...sandbox.credentials.serviceCombApiReader });
	const register = {
		...post,
		url: '/v4/default/registry/microservices',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '{"service":{"serviceName":"fake"}}',
		tokenUse: 'reuse',
	};

	it('says the reason of a refusal after its message', async () => {
		const { error } = await request(register, { provider, credential: reader() });
		expect(error).toMatchObject({
			message:
				'ServiceComb does not allow this account to make this call (403205): No permission(s): role has no permissions[service:create]',
			httpCode: '403',
		});
		expect(error?.description).toContain('a role that allows it');
	});

	it('logs in once for calls that the account may not make', async () => {
		const run = { provider, credential: reader(), items: numbered(30) } as const;
		await request(register, { ...run, onError: 'continueRegularOutput' });
		expect(logins()).toHaveLength(1);
		expect(calls()).toHaveLength(30);
	});

	it('renews a kept token for a role that was given since, at most once a minute', async () => {
		const credential = reader();
		await request(register, { provider, credential });
		sandbox.serviceCombAccounts.reader.roles = ['admin'];
		await request(register, { provider, credential });
		expect(logins()).toHaveLength(1);

		jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 61_000);
		const { error } = await request(register, { provider, credential });
		jest.restoreAllMocks();
		expect(error).toBeNull();
		expect(logins()).toHaveLength(2);
	});

	it('takes "no valid resouce scope" for a matter of permission: no login helps', async () => {
		const { error } = await request(
			{ url: '/v4/default/registry/microservices/none', tokenUse: 'reuse' },
			{ provider, credential: reader() },
		);
		expect(error?.message).toMatch(/does not allow this account.*no valid resouce scope$/);
		expect(logins()).toHaveLength(1);
		expect(calls()).toHaveLength(1);
	});

	it('tells a renewed token that is refused as the engine says it', async () => {
		const body = JSON.stringify({
			errorCode: '401201',
			errorMessage: 'Request unauthorized',
			detail: 'crypto/rsa: verification error',
		});
		sandbox.faults.serviceComb.businessFailures = [{ status: 401, body, times: 8 }];
		const { error } = await request({}, { provider });
		expect(error?.message).toBe(
			'ServiceComb did not accept the token (401201): Request unauthorized: crypto/rsa: verification error',
		);
		expect(calls()).toHaveLength(8);
	});

	it('says what methods there are', async () => {
		sandbox.faults.serviceComb.businessFailures = [
			{
				status: 405,
				body: 'Method Not Allowed',
				contentType: 'text/plain',
				headers: { Allow: 'GET, PUT' },
			},
		];
		const { error } = await request(post, { provider });
		expect(error?.description).toBe(
			'Check the method: the service offers GET, PUT here. The service says: Method Not Allowed',
		);
	});
});
