import { inspect } from 'node:util';

import {
	credentialKey,
	getAccessToken,
	tokenKeyOf,
	type TokenRequestOptions,
} from '../../../providers/tokens/accessToken';
import { createEngine, type Engine } from '../../../providers/tokens/engine';
import {
	CanceledError,
	NetworkError,
	ProviderError,
	VendorError,
} from '../../../providers/kit/errors';
import { maxus } from '../../../providers/vendors/maxus/vendor';
import type { Credentials, HttpResponse, Provider } from '../../../providers/kit/provider';
import type { Send } from '../../../providers/http/transport';
import { everythingIn, thrownBy } from '../../support/leaks';
import { SAMPLE_TOKEN } from '../../support/maxusSample';
import { response } from '../../support/responses';
import { unsignedJwt } from '../../support/unsignedJwt';

const SECRET = 'fake secret/for "tests"';

const provider: Provider = maxus;

/** What no other test has used: nothing is in its memory. */
let engine: Engine;

/** By the timers that Jest sets: those of signals it leaves alone. */
function timer(ms: number, onTime: () => void): () => void {
	const timeout = setTimeout(onTime, ms);
	return () => clearTimeout(timeout);
}

beforeEach(() => {
	engine = createEngine({ timer });
});

const newCredentials = () =>
	maxus.readCredentials({
		environment: 'custom',
		baseUrl: 'https://maxus.example',
		serviceCode: 'fake-code',
		serviceSecret: SECRET,
	});

const issued = (): HttpResponse =>
	response(200, {
		status: 1,
		data: unsignedJwt({ iat: Math.floor(Date.now() / 1000), id: Math.random() }),
	});

const busy = (headers = {}) => response(503, { status: 0, errMsg: 'busy' }, headers);

const timedOut = () => new NetworkError('late', { isTransient: true, wasNotSent: false });
const notSent = () => new NetworkError('refused', { isTransient: true, wasNotSent: true });

const sending = (...outcomes: Array<HttpResponse | Error>) =>
	jest.fn<ReturnType<Send>, Parameters<Send>>(async () => {
		const outcome = outcomes.length > 1 ? outcomes.shift() : outcomes[0];
		if (outcome instanceof Error) throw outcome;
		return outcome ?? issued();
	});

const call = (send: Send, more: Partial<TokenRequestOptions> = {}): TokenRequestOptions => ({
	use: 'fresh',
	options: {},
	send,
	maxRetries: 3,
	place: engine.rateLimit.placeFor('key', { perMinute: 0 }),
	businessRequestFollows: true,
	...more,
});

/** Lets the fake time pass until `work` is done. */
async function inTime<T>(work: Promise<T>): Promise<T> {
	work.catch(() => {});
	await jest.runAllTimersAsync();
	return await work;
}

beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

describe('getAccessToken', () => {
	it('sends the request of the provider and reads its answer', async () => {
		const send = sending(response(200, { status: 1, data: SAMPLE_TOKEN }));
		const token = await getAccessToken(engine, provider, newCredentials(), call(send));
		expect(token.token).toBe(SAMPLE_TOKEN);
		expect(send.mock.calls.map(([{ url }]) => url)).toEqual([
			'https://maxus.example/base/api/token/register',
		]);
	});

	it('waits for room before every attempt, for the token request and the call it is for', async () => {
		const times: number[] = [];
		const send = async () => {
			times.push(Date.now());
			return times.length < 2 ? busy() : issued();
		};
		const place = engine.rateLimit.placeFor('limited', { perMinute: 2 });
		const start = Date.now();
		await inTime(getAccessToken(engine, provider, newCredentials(), call(send, { place })));
		expect(times).toEqual([start, start + 60_050]);
	});

	it('tries again while the vendor is busy, as often as it may', async () => {
		const send = sending(busy(), busy(), issued());
		const onRetry = jest.fn();
		await inTime(getAccessToken(engine, provider, newCredentials(), call(send, { onRetry })));
		expect(send).toHaveBeenCalledTimes(3);
		expect(onRetry).toHaveBeenCalledTimes(2);

		const down = sending(busy());
		await thrownBy(() => inTime(getAccessToken(engine, provider, newCredentials(), call(down))));
		expect(down).toHaveBeenCalledTimes(4);
	});

	it('waits as long as Retry-After says', async () => {
		const start = Date.now();
		const send = sending(busy({ 'retry-after': '20' }), issued());
		await inTime(getAccessToken(engine, provider, newCredentials(), call(send)));
		expect(Date.now() - start).toBe(20_000);
	});

	it.each([
		['a wrong secret', response(200, { status: 0, errMsg: 'serviceSecret is wrong' })],
		['a web page', response(200, '<html></html>')],
		['a redirect', response(302, '')],
		['a certificate', new NetworkError('cert', { isTransient: false, wasNotSent: true })],
		['a stopped execution', new CanceledError()],
	])('does not try again after %s', async (_name, outcome) => {
		const send = sending(outcome);
		await thrownBy(() => inTime(getAccessToken(engine, provider, newCredentials(), call(send))));
		expect(send).toHaveBeenCalledTimes(1);
	});

	it('sends a login twice to a vendor that locks accounts only if the first one never left', async () => {
		const locking: Provider = {
			...provider,
			tokens: { ...provider.tokens, locksAccounts: true },
		};
		const late = sending(timedOut(), issued());
		await thrownBy(() => inTime(getAccessToken(engine, locking, newCredentials(), call(late))));
		expect(late).toHaveBeenCalledTimes(1);

		engine = createEngine({ timer });
		const refused = sending(notSent(), issued());
		await inTime(getAccessToken(engine, locking, newCredentials(), call(refused)));
		expect(refused).toHaveBeenCalledTimes(2);

		const tolerant = sending(timedOut(), issued());
		await inTime(getAccessToken(engine, provider, newCredentials(), call(tolerant)));
		expect(tolerant).toHaveBeenCalledTimes(2);
	});

	it.each([500, 502, 504])(
		'nor does it when a gateway answers %i: the login may have arrived',
		async (status) => {
			const locking: Provider = {
				...provider,
				tokens: { ...provider.tokens, locksAccounts: true },
			};
			const send = sending(response(status, '', { 'retry-after': '1' }), issued());
			await thrownBy(() => inTime(getAccessToken(engine, locking, newCredentials(), call(send))));
			expect(send).toHaveBeenCalledTimes(1);
		},
	);

	it.each([429, 503])(
		'but it waits when the service says %i: no password was judged',
		async (status) => {
			const locking: Provider = {
				...provider,
				tokens: { ...provider.tokens, locksAccounts: true },
			};
			const send = sending(response(status, '', { 'retry-after': '20' }), issued());
			const start = Date.now();
			await inTime(getAccessToken(engine, locking, newCredentials(), call(send)));
			expect(send).toHaveBeenCalledTimes(2);
			expect(Date.now() - start).toBe(20_000);
		},
	);

	describe('takes a minute at most', () => {
		const silent: Send = async () => await new Promise(() => {});

		async function endOf(work: Promise<unknown>): Promise<{ error: unknown; ms: number }> {
			const start = Date.now();
			let end = start;
			const done = work.finally(() => (end = Date.now()));
			const error = await thrownBy(() => inTime(done));
			return { error, ms: end - start };
		}

		it('when the vendor is silent, whether or not the connection can be given up', async () => {
			const { error, ms } = await endOf(
				getAccessToken(engine, provider, newCredentials(), call(silent)),
			);
			expect(ms).toBeGreaterThan(50_000);
			expect(ms).toBeLessThanOrEqual(60_000);
			expect(error).toBeInstanceOf(NetworkError);
			expect((error as Error).message).toBe('maxus.example did not respond in time');
		});

		it('with a shorter timeout, as often as it may', async () => {
			const { ms } = await endOf(
				getAccessToken(engine, provider, newCredentials(), call(silent, { timeout: 1000 })),
			);
			expect(ms).toBeGreaterThan(5000);
			expect(ms).toBeLessThan(8000);
		});

		it('with a longer timeout', async () => {
			const { ms } = await endOf(
				getAccessToken(engine, provider, newCredentials(), call(silent, { timeout: 300_000 })),
			);
			expect(ms).toBe(60_000);
		});

		it.each(['61', '100', '1e9', 'Fri, 31 Dec 2199 23:59:59 GMT'])(
			'when it asks to wait longer: %s',
			async (retryAfter) => {
				const send = sending(busy({ 'retry-after': retryAfter }));
				const { error, ms } = await endOf(
					getAccessToken(engine, provider, newCredentials(), call(send)),
				);
				expect(ms).toBe(0);
				expect(send).toHaveBeenCalledTimes(1);
				expect(error).toBeInstanceOf(VendorError);
			},
		);

		it('when it is slow and busy in turns', async () => {
			const send: Send = async () => {
				await new Promise((resolve) => {
					setTimeout(resolve, 20_000);
				});
				return busy({ 'retry-after': '5' });
			};
			const { error, ms } = await endOf(
				getAccessToken(engine, provider, newCredentials(), call(send, { maxRetries: 100 })),
			);
			expect(ms).toBeLessThanOrEqual(60_000);
			expect(error).toBeInstanceOf(NetworkError);
		});

		it('without the time it waits for room', async () => {
			const place = engine.rateLimit.placeFor('limited', { perMinute: 1 });
			await place.use(async () => {});
			const start = Date.now();
			const work = getAccessToken(
				engine,
				provider,
				newCredentials(),
				call(sending(timedOut(), timedOut(), issued()), { place }),
			);
			await inTime(work);
			expect(Date.now() - start).toBeGreaterThan(180_000);
		});
	});

	it('ends at once for who is stopped, whatever the connection does', async () => {
		const stop = new AbortController();
		const send = jest.fn<ReturnType<Send>, Parameters<Send>>(
			async () => await new Promise(() => {}),
		);
		const work = getAccessToken(
			engine,
			provider,
			newCredentials(),
			call(send, { signal: stop.signal }),
		);
		work.catch(() => {});
		await jest.advanceTimersByTimeAsync(1000);
		stop.abort();
		await expect(work).rejects.toBeInstanceOf(CanceledError);
		expect(send.mock.calls[0]?.[1].aborted).toBe(true);
	});

	it('remembers a wrong secret for a minute, for nodes and credentials alike', async () => {
		const credentials = newCredentials();
		const send = sending(response(401, { status: 0, errMsg: 'wrong' }));
		await thrownBy(() => getAccessToken(engine, provider, credentials, call(send)));
		await thrownBy(() =>
			getAccessToken(engine, provider, credentials, call(send, { use: 'reuse' })),
		);
		expect(send).toHaveBeenCalledTimes(1);
		await jest.advanceTimersByTimeAsync(60_000);
		await thrownBy(() => getAccessToken(engine, provider, credentials, call(send)));
		expect(send).toHaveBeenCalledTimes(2);
	});

	it('tries a corrected secret at once', async () => {
		const credentials = newCredentials();
		await thrownBy(() =>
			getAccessToken(engine, provider, credentials, call(sending(response(401, {})))),
		);
		const corrected = { ...credentials, serviceSecret: 'fake-corrected' };
		await expect(
			getAccessToken(engine, provider, corrected, call(sending(issued()))),
		).resolves.toBeDefined();
	});

	it('reuses a token until it is dropped', async () => {
		const credentials = newCredentials();
		const reuse = call(sending(issued(), issued()), { use: 'reuse' });
		const first = await getAccessToken(engine, provider, credentials, reuse);
		expect(await getAccessToken(engine, provider, credentials, reuse)).toBe(first);
		engine.tokenSource.drop(tokenKeyOf(provider, credentials), first.token);
		expect((await getAccessToken(engine, provider, credentials, reuse)).token).not.toBe(
			first.token,
		);
	});
});

describe('a token that may be outdated', () => {
	const giveUpOutdated = (credentials: Credentials, token: string) =>
		engine.tokenSource.giveUp(tokenKeyOf(provider, credentials), token, 'outdated');
	const reuse = (send: Send) => call(send, { use: 'reuse' });

	it('drops a token that is a minute old, and says that a newer one may be better', async () => {
		const credentials = newCredentials();
		const send = sending(issued(), issued());
		const { token } = await getAccessToken(engine, provider, credentials, reuse(send));
		expect(giveUpOutdated(credentials, token)).toBe(false);
		await jest.advanceTimersByTimeAsync(59_999);
		expect(giveUpOutdated(credentials, token)).toBe(false);
		await jest.advanceTimersByTimeAsync(1);
		expect(giveUpOutdated(credentials, token)).toBe(true);
		const newer = await getAccessToken(engine, provider, credentials, reuse(send));
		expect(newer.token).not.toBe(token);
		// Who still has the older one may take the newer one, which stays.
		expect(giveUpOutdated(credentials, token)).toBe(true);
		expect(await getAccessToken(engine, provider, credentials, reuse(send))).toBe(newer);
	});

	it('does not ask for more than one a minute where the expiry is not known', async () => {
		const credentials = newCredentials();
		const send = sending(response(200, { status: 1, data: 'fake-opaque-token' }));
		const { token } = await getAccessToken(engine, provider, credentials, reuse(send));
		expect(giveUpOutdated(credentials, token)).toBe(false);
	});
});

describe('an error', () => {
	const echo = `wrong secret ${SECRET} ${JSON.stringify(SECRET)} ${encodeURIComponent(SECRET)} ${SAMPLE_TOKEN}`;

	it.each([
		['a refusal that echoes the secret', response(401, { status: 0, errMsg: echo })],
		['a remembered refusal', response(401, { status: 0, errMsg: echo })],
		['a web page that echoes it', response(200, `<html>${echo}</html>`)],
		[
			'a network fault that names it',
			new NetworkError(echo, { isTransient: false, wasNotSent: true }),
		],
	])('holds no secret and no token: %s', async (_name, outcome) => {
		const credentials = newCredentials();
		for (let attempt = 0; attempt < 2; attempt += 1) {
			const error = await thrownBy(() =>
				getAccessToken(engine, provider, credentials, call(sending(outcome))),
			);
			expect(error).toBeInstanceOf(ProviderError);
			const all = everythingIn(error);
			expect(all).not.toMatch(/fake(%20|\+| )secret/);
			expect(all).not.toContain(SAMPLE_TOKEN.slice(0, 60));
		}
	});

	it('has none of the properties that n8n would show in place of the message', async () => {
		const error = await thrownBy(() =>
			getAccessToken(
				engine,
				provider,
				newCredentials(),
				call(sending(response(409, { status: 0 }))),
			),
		);
		expect(error).toBeInstanceOf(VendorError);
		for (const name of ['code', 'status', 'statusCode', 'httpCode', 'response']) {
			expect(error).not.toHaveProperty(name);
		}
	});

	it('of somebody else is passed on as it is', async () => {
		const unexpected = new TypeError('not ours');
		await expect(
			getAccessToken(engine, provider, newCredentials(), call(sending(unexpected))),
		).rejects.toBe(unexpected);
	});
});

describe('credentialKey', () => {
	it('differs in everything the credential holds, the secret included', () => {
		const credentials = newCredentials();
		const keys = [
			credentialKey(provider, credentials),
			credentialKey(provider, { ...credentials, ...{ serviceSecret: 'fake-other' } }),
			credentialKey(provider, { ...credentials, baseUrl: 'https://other.example' }),
			credentialKey({ ...provider, type: 'yesApi' }, credentials),
		];
		expect(new Set(keys).size).toBe(4);
		expect(credentialKey(provider, { ...credentials })).toBe(keys[0]);
	});

	it('reveals nothing', () => {
		expect(inspect(credentialKey(provider, newCredentials()))).toMatch(/^'[0-9a-f]{64}'$/);
	});
});
