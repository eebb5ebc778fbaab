import { CanceledError, NetworkError } from '../../../providers/kit/errors';
import type { Provider } from '../../../providers/kit/provider';
import type { Send } from '../../../providers/http/transport';
import { getAccessToken, type TokenRequestOptions } from '../../../providers/tokens/accessToken';
import { createEngine, type Engine } from '../../../providers/tokens/engine';
import { maxus } from '../../../providers/vendors/maxus/vendor';
import { deferred } from '../../support/deferred';
import { FakeClock, settle } from '../../support/fakeClock';
import { response } from '../../support/responses';
import { unsignedJwt } from '../../support/unsignedJwt';

const START = 1_700_000_000_000;
const provider: Provider = maxus;
const credentials = maxus.readCredentials({
	environment: 'custom',
	baseUrl: 'https://maxus.example',
	serviceCode: 'fake-code',
	serviceSecret: 'fake-secret',
});

let clock: FakeClock;
let engine: Engine;
let issued = 0;

beforeEach(() => {
	clock = new FakeClock(START);
	engine = createEngine(clock);
	issued = 0;
});

/** What Maxus says to a login; its token is good for so long. */
const tokenFor = (seconds: number) => {
	const iat = Math.floor(clock.now() / 1000);
	const claims = { iat, expireTimeStamp: String((iat + seconds) * 1000), n: issued++ };
	return response(200, { status: 1, data: unsignedJwt(claims) });
};

const sending = (seconds = 3600) =>
	jest.fn<ReturnType<Send>, Parameters<Send>>(async () => tokenFor(seconds));

const placeWith = (perMinute: number) => engine.rateLimit.placeFor('key', { perMinute });

const get = async (send: Send, more: Partial<TokenRequestOptions> = {}) =>
	await getAccessToken(engine, provider, credentials, {
		use: 'reuse',
		options: {},
		send,
		maxRetries: 0,
		place: placeWith(0),
		businessRequestFollows: true,
		...more,
	});

it('a token serves calls by its own route only, and those that ask for the same', async () => {
	const send = sending();
	const plain = await get(send);
	expect((await get(send, { route: { certificate: 'fake' } })).token).not.toBe(plain.token);
	expect((await get(send, { options: { uid: '1' } })).token).not.toBe(plain.token);
	expect((await get(send)).token).toBe(plain.token);
	expect(send).toHaveBeenCalledTimes(3);
});

it('the items of a run share that the vendor cannot be reached', async () => {
	const run = {};
	const send = jest.fn<ReturnType<Send>, Parameters<Send>>(async () => {
		throw new NetworkError('Who?', { isTransient: false, wasNotSent: true });
	});
	for (const use of ['fresh', 'reuse'] as const) {
		for (let item = 0; item < 3; item += 1) {
			await expect(get(send, { use, run })).rejects.toBeInstanceOf(NetworkError);
		}
	}
	expect(send).toHaveBeenCalledTimes(1);
	await expect(get(send, { run: {} })).rejects.toBeInstanceOf(NetworkError);
	expect(send).toHaveBeenCalledTimes(2);
});

it('a login goes on for those who wait for it when the one who began it is stopped', async () => {
	const stop = new AbortController();
	const answered = deferred<void>();
	const send = jest.fn<ReturnType<Send>, Parameters<Send>>(async () => {
		await answered.promise;
		return tokenFor(3600);
	});
	const first = get(send, { signal: stop.signal });
	first.catch(() => {});
	const second = get(send);
	await settle();
	stop.abort();
	await expect(first).rejects.toBeInstanceOf(CanceledError);
	expect(send.mock.calls[0]?.[1].aborted).toBe(false);
	answered.resolve();
	await expect(second).resolves.toHaveProperty('token');
	expect(send).toHaveBeenCalledTimes(1);
});

it('the call has the capacity that its login reserved, before others that wait', async () => {
	const times: number[] = [];
	const place = placeWith(2);
	const send: Send = async () => {
		await clock.pause(100);
		return tokenFor(3600);
	};
	const mine = get(send, { use: 'fresh', place }).then(async () => {
		await place.use(async () => times.push(clock.elapsed() - START));
		place.leave();
	});
	await settle();
	const other = placeWith(2);
	const later = other.use(async () => times.push(clock.elapsed() - START));
	await clock.advance(1000);
	expect(times).toEqual([100]);
	await clock.advance(61_000);
	await Promise.all([mine, later]);
	expect(times).toEqual([100, 60_150]);
});

it('no token grows old while its call waits for capacity', async () => {
	const send = sending(30);
	const use = async () => {
		const place = placeWith(2);
		const { token } = await get(send, { place });
		await place.use(async () => {});
		place.leave();
		return token;
	};
	const first = use();
	await clock.advance(10);
	const second = use();
	await clock.advance(200_000);
	expect(await second).not.toBe(await first);
	expect(send).toHaveBeenCalledTimes(2);
});

it('who leaves takes no capacity along from a login that others wait for', async () => {
	const earlier = placeWith(2);
	await earlier.use(async () => {});
	await earlier.use(async () => {});
	earlier.leave();

	const stop = new AbortController();
	const place = placeWith(2);
	const send = sending();
	const first = get(send, { place, signal: stop.signal });
	first.catch(() => {});
	const unlimited = placeWith(0);
	const second = get(send, { place: unlimited });
	await clock.advance(1000);
	stop.abort();
	await expect(first).rejects.toBeInstanceOf(CanceledError);
	place.leave();
	await clock.advance(61_000);
	await expect(second).resolves.toHaveProperty('token');
	unlimited.leave();

	await clock.advance(61_000);
	const calls: number[] = [];
	for (let call = 0; call < 2; call += 1) {
		const free = placeWith(2);
		void free.use(async () => calls.push(call)).finally(() => free.leave());
	}
	await clock.advance(0);
	expect(calls).toEqual([0, 1]);
});
