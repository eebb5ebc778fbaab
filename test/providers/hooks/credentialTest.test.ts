import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { credentialHooks, testHeaders } from '../../../providers/hooks/credentialHooks';
import { createEngine, type Engine } from '../../../providers/tokens/engine';
import type { Provider } from '../../../providers/kit/provider';
import { maxus } from '../../../providers/vendors/maxus/vendor';
import { FakeClock, settle } from '../../support/fakeClock';
import { thrownBy } from '../../support/leaks';
import { bodyOf } from '../../support/responses';

const CALL: IHttpRequestOptions = { method: 'POST', url: 'https://maxus.example/fir/update' };
// As n8n makes it from the declaration of a test.
const TEST: IHttpRequestOptions = {
	...CALL,
	baseURL: new URL(CALL.url).origin,
	headers: testHeaders,
};

const provider: Provider = maxus;

let clock: FakeClock;
let engine: Engine;

beforeEach(() => {
	clock = new FakeClock(1_700_000_000_000);
	engine = createEngine(clock);
});

const newData = (): ICredentialDataDecryptedObject => ({
	environment: 'custom',
	baseUrl: 'https://maxus.example',
	serviceCode: 'fake-code',
	serviceSecret: 'fake-secret-for-tests',
	accessToken: '',
});

type Answer = { status?: number; headers?: object; body?: unknown; after?: number } | 'silence';

const good: Answer = { body: { status: 1, data: 'fake-token' } };
const wrong: Answer = { body: { status: 0, errMsg: 'serviceSecret is wrong' } };
const busy = (retryAfter: string): Answer => ({
	status: 503,
	headers: { 'retry-after': retryAfter },
	body: {},
});

/** n8n's helper over a vendor that answers so, the last one again and again. */
function vendor(...answers: Answer[]) {
	const httpRequest = jest.fn(async ({ abortSignal }: IHttpRequestOptions) => {
		const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? 'silence';
		if (answer === 'silence') {
			await clock.pause(1e9, abortSignal as AbortSignal).catch(() => {
				throw Object.assign(new Error(), { code: 'ERR_CANCELED' });
			});
			throw new Error('unreachable');
		}
		if (answer.after !== undefined) await clock.pause(answer.after);
		const { status = 200, headers = {}, body } = answer;
		return { statusCode: status, headers, body: bodyOf(JSON.stringify(body)) };
	});
	return { httpRequest, context: { helpers: { httpRequest } } as unknown as IHttpRequestHelper };
}

/** What n8n does with a credential before a request, and when that throws asks once more, as HTTP Request. */
function request(options: IHttpRequestOptions, context: IHttpRequestHelper, bound = provider) {
	const { preAuthentication, authenticate } = credentialHooks(engine, bound);
	const data = newData();
	const startedAt = clock.elapsed();
	let endedAt: number | null = null;
	const work = async () => {
		await preAuthentication.call(context, data);
		return await authenticate(data, options);
	};
	const result = work().finally(() => (endedAt = clock.elapsed()));
	result.catch(() => {});
	return {
		result,
		message: async () => ((await thrownBy(() => result)) as Error).message,
		ms: () => (endedAt === null ? null : endedAt - startedAt),
		again: async () => await preAuthentication.call(context, data),
	};
}

describe('after a refusal', () => {
	const ADVICE =
		'Check the Service Code, the Service Secret and the Environment of the credential: Maxus gives each environment its own.';

	it('a call answers from memory, and n8n asking again makes no login', async () => {
		const { context, httpRequest } = vendor(wrong);
		await thrownBy(() => request(CALL, context).result);
		const second = request(CALL, context);
		expect(await second.message()).toContain('was not sent again');
		await expect(second.again()).rejects.toThrow('was not sent again');
		expect(httpRequest).toHaveBeenCalledTimes(1);
	});

	it('the Test button asks, each time it is pressed', async () => {
		const { context, httpRequest } = vendor(wrong);
		await thrownBy(() => request(CALL, context).result);
		for (let press = 2; press <= 3; press += 1) {
			expect(await request(TEST, context).message()).toBe(
				`Maxus did not issue a token: serviceSecret is wrong. ${ADVICE}`,
			);
			expect(httpRequest).toHaveBeenCalledTimes(press);
		}
	});

	it('a test that succeeds lifts it for the calls', async () => {
		const { context } = vendor(wrong, good);
		await thrownBy(() => request(CALL, context).result);
		await request(TEST, context).result;
		await expect(request(CALL, context).result).resolves.toMatchObject({
			headers: { maxus_jwt: 'fake-token' },
		});
	});

	it('it does so at most once a press where accounts lock', async () => {
		const locking: Provider = {
			...provider,
			tokens: { ...provider.tokens, locksAccounts: true, refusalMemoryMs: [900_000] },
		};
		// A gateway that gave up waiting: the password may have been judged.
		const { context, httpRequest } = vendor({ status: 504, body: {} });
		await thrownBy(() => request(TEST, context, locking).result);
		expect(httpRequest).toHaveBeenCalledTimes(1);
		await thrownBy(() => request(TEST, context, locking).result);
		expect(httpRequest).toHaveBeenCalledTimes(2);
	});
});

describe('the Test button waits 20 seconds at most', () => {
	async function endOf(answers: Answer[], bound = provider) {
		const { context, httpRequest } = vendor(...answers);
		const pressed = request(TEST, context, bound);
		await clock.advance(120_000);
		return { message: await pressed.message(), ms: pressed.ms(), httpRequest };
	}

	it('for a vendor that is silent', async () => {
		const { message, ms, httpRequest } = await endOf(['silence']);
		expect(ms).toBe(20_000);
		expect(message).toBe(
			'The login took more than 20 seconds. Check that n8n can reach the Base URL, and whether the service is slow.',
		);
		expect(httpRequest).toHaveBeenCalledTimes(1);
		expect((httpRequest.mock.calls[0]?.[0].abortSignal as AbortSignal).aborted).toBe(true);
	});

	it.each([
		['5', 20_000, 4],
		['30', 20_000, 1],
		['100', 0, 1],
		['-5', 0, 4],
		['soon', 3000, 4],
	])('for one that asks to wait %s, and shows what it said', async (retryAfter, atMost, times) => {
		const { message, ms, httpRequest } = await endOf([busy(retryAfter)]);
		expect(ms).toBeLessThanOrEqual(Math.max(atMost, 3500));
		expect(message).toContain('Maxus cannot issue a token at the moment (HTTP 503)');
		expect(httpRequest).toHaveBeenCalledTimes(times);
	});

	it('for a login that somebody else makes, which goes on for him', async () => {
		const { context } = vendor({ ...good, after: 25_000 });
		const call = request(CALL, context);
		await settle();
		const pressed = request(TEST, context);
		await clock.advance(60_000);
		expect(pressed.ms()).toBe(20_000);
		expect(await pressed.message()).toContain('The login took more than 20 seconds');
		await expect(call.result).resolves.toBeDefined();
	});

	it('for room under the rate limit', async () => {
		const limited: Provider = { ...provider, limits: { requestsPerMinute: 2 } };
		const { context } = vendor(good);
		await request(CALL, context, limited).result;
		const pressed = request(TEST, context, limited);
		await clock.advance(60_000);
		expect(pressed.ms()).toBe(20_000);
		expect(await pressed.message()).toBe(
			'The limit of 2 requests a minute is used up at the moment. Try again in a minute.',
		);
	});

	it('and leaves the rest of it to the call that follows', async () => {
		const { message, ms, httpRequest } = await endOf([{ ...good, after: 12_000 }, 'silence']);
		expect(ms).toBe(20_000);
		expect(message).toBe(
			'The login succeeded, but the service did not respond to the call that follows it: the test took more than 20 seconds. Try again later.',
		);
		expect(httpRequest).toHaveBeenCalledTimes(2);
		expect((httpRequest.mock.calls[1]?.[0].abortSignal as AbortSignal).aborted).toBe(true);
	});
});

it('a call waits for a slow login, with one token request', async () => {
	const { context, httpRequest } = vendor(busy('30'), { ...good, after: 15_000 });
	const call = request(CALL, context);
	await clock.advance(120_000);
	await expect(call.result).resolves.toMatchObject({ headers: { maxus_jwt: 'fake-token' } });
	expect(call.ms()).toBe(45_000);
	expect(httpRequest).toHaveBeenCalledTimes(2);
	await expect(call.result).resolves.not.toHaveProperty('timeout');
});

it('a call fails after a minute when the vendor is silent, and n8n asking again makes no login', async () => {
	const { context, httpRequest } = vendor('silence');
	const call = request(CALL, context);
	await clock.advance(120_000);
	expect(call.ms()).toBe(60_000);
	expect(await call.message()).toContain('maxus.example did not respond in time');
	await expect(call.again()).rejects.toThrow('did not respond in time');
	expect(httpRequest).toHaveBeenCalledTimes(2);
});
