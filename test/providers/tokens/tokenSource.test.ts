import { CanceledError, NetworkError, VendorError } from '../../../providers/kit/errors';
import type { AccessToken } from '../../../providers/kit/provider';
import {
	TokenSource,
	type TokenUse,
	type TokenWanted,
} from '../../../providers/tokens/tokenSource';
import { deferred } from '../../support/deferred';
import { FakeClock, settle } from '../../support/fakeClock';
import { thrownBy } from '../../support/leaks';

const KEY = 'credential';
const ASK = 'options';

function token(name: string, times: Partial<AccessToken> = {}): AccessToken {
	return { token: name, issuedAt: null, expiresAt: null, claims: null, ...times };
}

/** A login that gives `token-1`, `token-2`, … */
function countingLogin(times: Partial<AccessToken> = {}) {
	let count = 0;
	return jest.fn(async () => token(`token-${(count += 1)}`, times));
}

const refused = () => new VendorError('Wrong password', { credentialRejected: true });
const broken = () => new NetworkError('No route', { isTransient: true, wasNotSent: true });

let clock: FakeClock;
let source: TokenSource;

beforeEach(() => {
	clock = new FakeClock(1_000_000);
	source = new TokenSource(clock);
});

/** A token for a vendor that does not lock accounts, unless `more` says otherwise. */
async function get(
	credential: string,
	options: string,
	use: TokenUse,
	requestToken: TokenWanted['requestToken'],
	more: Partial<TokenWanted> = {},
): Promise<AccessToken> {
	const key = { credential, options };
	const rules = { locksAccounts: false };
	return await source.get({ key, use, rules, isTest: false, requestToken, ...more });
}

describe('a refused login', () => {
	it.each(['fresh', 'reuse'] as const)(
		'is one attempt for 100 items that log in at once (%s)',
		async (use) => {
			const requestToken = jest.fn(async (): Promise<AccessToken> => {
				await settle();
				throw refused();
			});
			const logins = Array.from({ length: 100 }, () => get(KEY, ASK, use, requestToken));
			const outcomes = await Promise.allSettled(logins);
			expect(requestToken).toHaveBeenCalledTimes(1);
			expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
		},
	);

	it('is remembered for 60 s, and then tried again', async () => {
		const requestToken = jest.fn<Promise<AccessToken>, []>().mockRejectedValue(refused());
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken));
		clock.jump(59_999);
		const error = (await thrownBy(() => get(KEY, ASK, 'fresh', requestToken))) as VendorError;
		expect(requestToken).toHaveBeenCalledTimes(1);
		expect(error).toBeInstanceOf(VendorError);
		expect(error.message).toBe('Wrong password');
		expect(error.description).toContain('was not sent again');
		clock.jump(1);
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken));
		expect(requestToken).toHaveBeenCalledTimes(2);
	});

	it('says in how many seconds the next try is possible', async () => {
		await thrownBy(() => get(KEY, ASK, 'fresh', async () => await Promise.reject(refused())));
		clock.jump(45_500);
		const error = await thrownBy(() => get(KEY, ASK, 'fresh', countingLogin()));
		expect((error as VendorError).description).toContain('in 15 seconds');
	});

	it('concerns only the credential it was made with', async () => {
		await thrownBy(() => get(KEY, ASK, 'fresh', async () => await Promise.reject(refused())));
		const other = await get('another credential', ASK, 'fresh', countingLogin());
		expect(other.token).toBe('token-1');
	});

	it('is not what a network fault is', async () => {
		const requestToken = jest.fn<Promise<AccessToken>, []>();
		requestToken.mockRejectedValueOnce(broken()).mockResolvedValueOnce(token('late'));
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken));
		await expect(get(KEY, ASK, 'fresh', requestToken)).resolves.toMatchObject({ token: 'late' });
	});

	it('is not what a vendor that is down gives', async () => {
		const requestToken = jest.fn<Promise<AccessToken>, []>();
		requestToken
			.mockRejectedValueOnce(new VendorError('Down'))
			.mockResolvedValueOnce(token('late'));
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken));
		await expect(get(KEY, ASK, 'fresh', requestToken)).resolves.toMatchObject({ token: 'late' });
	});

	it('is tried again by one login, not by all who wait', async () => {
		await get(KEY, ASK, 'fresh', countingLogin());
		await thrownBy(() => get(KEY, ASK, 'fresh', async () => await Promise.reject(refused())));
		clock.jump(60_000);
		const requestToken = jest.fn<Promise<AccessToken>, []>().mockRejectedValue(refused());
		const logins = Array.from({ length: 10 }, () => get(KEY, ASK, 'fresh', requestToken));
		await Promise.allSettled(logins);
		expect(requestToken).toHaveBeenCalledTimes(1);
	});
});

describe('fresh', () => {
	it('gives every call a token of its own', async () => {
		const requestToken = countingLogin();
		const calls = Array.from({ length: 100 }, () => get(KEY, ASK, 'fresh', requestToken));
		const tokens = (await Promise.all(calls)).map((given) => given.token);
		expect(new Set(tokens).size).toBe(100);
	});

	it('logs in alone until the first success, then in parallel', async () => {
		const logins = Array.from({ length: 10 }, () => deferred<AccessToken>());
		let started = 0;
		const requestToken = async () => {
			started += 1;
			return await (logins[started - 1]?.promise ?? Promise.reject(new Error('Too many')));
		};
		const calls = logins.map(async () => await get(KEY, ASK, 'fresh', requestToken));
		await settle();
		expect(started).toBe(1);
		logins[0]?.resolve(token('first'));
		await settle();
		expect(started).toBe(10);
		logins.forEach(({ resolve }, index) => resolve(token(`token-${index}`)));
		await Promise.all(calls);
	});

	it('logs in alone again when the last success is a minute ago', async () => {
		await get(KEY, ASK, 'fresh', countingLogin());
		clock.jump(60_000);
		const requestToken = jest.fn(async () => await new Promise<AccessToken>(() => {}));
		for (let call = 0; call < 5; call += 1) void get(KEY, ASK, 'fresh', requestToken);
		await settle();
		expect(requestToken).toHaveBeenCalledTimes(1);
	});

	it('never hands out a kept token', async () => {
		const requestToken = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		await get(KEY, ASK, 'reuse', requestToken);
		await expect(get(KEY, ASK, 'fresh', requestToken)).resolves.toMatchObject({ token: 'token-2' });
	});
});

describe('reuse', () => {
	it('makes one login for all who need the token at once', async () => {
		const requestToken = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		const calls = Array.from({ length: 100 }, () => get(KEY, ASK, 'reuse', requestToken));
		const tokens = (await Promise.all(calls)).map((given) => given.token);
		expect(requestToken).toHaveBeenCalledTimes(1);
		expect(new Set(tokens)).toEqual(new Set(['token-1']));
	});

	it.each([
		['60 s before, of an hour', 3_600_000, 3_540_000],
		['a tenth before, of three minutes', 180_000, 162_000],
	])('renews a token shortly before it expires: %s', async (_name, lifetime, renewedAfter) => {
		const issuedAt = clock.now();
		const requestToken = countingLogin({ issuedAt, expiresAt: issuedAt + lifetime });
		await get(KEY, ASK, 'reuse', requestToken);
		clock.jump(renewedAfter - 1);
		await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({ token: 'token-1' });
		clock.jump(1);
		await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({ token: 'token-2' });
	});

	it('counts the lifetime of a token that ends when it is idle from its last use', async () => {
		const idle = { expiresAt: clock.now() + 600_000, idleLifetimeMs: 600_000 };
		const requestToken = countingLogin(idle);
		for (let use = 0; use < 5; use += 1) {
			await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({
				token: 'token-1',
			});
			clock.jump(539_999);
		}
		clock.jump(1);
		await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({ token: 'token-2' });
	});

	it('keeps a token that is good until it is refused', async () => {
		const requestToken = countingLogin({ expiresAt: Infinity });
		await get(KEY, ASK, 'reuse', requestToken);
		clock.jump(1e9);
		await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({ token: 'token-1' });
	});

	it('keeps no token whose expiry is not known', async () => {
		const requestToken = countingLogin();
		await get(KEY, ASK, 'reuse', requestToken);
		await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({ token: 'token-2' });
	});

	it('keeps apart what was asked for with other options or another credential', async () => {
		const requestToken = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		const tokens = [
			await get(KEY, ASK, 'reuse', requestToken),
			await get(KEY, 'other options', 'reuse', requestToken),
			await get('other credential', ASK, 'reuse', requestToken),
		];
		expect(tokens.map((given) => given.token)).toEqual(['token-1', 'token-2', 'token-3']);
	});

	it('fetches a new token after the vendor refused the kept one', async () => {
		const requestToken = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		await get(KEY, ASK, 'reuse', requestToken);
		source.drop({ credential: KEY, options: ASK }, 'token-1');
		await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({ token: 'token-2' });
	});

	it('goes on with the token of a test, which may have ended the kept one', async () => {
		const requestToken = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		await get(KEY, ASK, 'fresh', requestToken, { isTest: true });
		await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({ token: 'token-2' });
		await get(KEY, ASK, 'reuse', requestToken, { isTest: true });
		await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({ token: 'token-3' });
	});

	it('keeps its token when an older one is dropped late', async () => {
		const requestToken = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		await get(KEY, ASK, 'reuse', requestToken);
		source.drop({ credential: KEY, options: ASK }, 'an older token');
		await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({ token: 'token-1' });
	});

	it('stays bounded: of 1001 tokens the oldest is forgotten', async () => {
		const requestToken = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		for (let index = 0; index <= 1000; index += 1) {
			await get(`credential ${index}`, ASK, 'reuse', requestToken);
		}
		await get('credential 1', ASK, 'reuse', requestToken);
		expect(requestToken).toHaveBeenCalledTimes(1001);
		await get('credential 0', ASK, 'reuse', requestToken);
		expect(requestToken).toHaveBeenCalledTimes(1002);
	});

	it('counts a renewed token among the newest', async () => {
		const requestToken = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		for (let index = 0; index < 1000; index += 1) {
			await get(`credential ${index}`, ASK, 'reuse', requestToken);
		}
		clock.jump(3_590_000);
		const renewed = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		await get('credential 0', ASK, 'reuse', renewed);
		await get('one more', ASK, 'reuse', renewed);
		await get('credential 0', ASK, 'reuse', renewed);
		expect(renewed).toHaveBeenCalledTimes(2);
	});
});

describe('when the execution that logs in is stopped', () => {
	/** Who starts a login, and may be stopped; how the login ends is up to the test. */
	function startLogin(use: TokenUse, rules = { locksAccounts: false }) {
		const stop = new AbortController();
		const outcome = deferred<AccessToken>();
		const requestToken = jest.fn(async (_signal: AbortSignal) => await outcome.promise);
		const result = get(KEY, ASK, use, requestToken, { signal: stop.signal, rules });
		result.catch(() => {});
		return { stop, outcome, requestToken, result, signal: () => requestToken.mock.calls[0]?.[0] };
	}

	it('the login goes on for those who wait for its token', async () => {
		const { stop, outcome, result, signal } = startLogin('reuse');
		const requestToken = countingLogin();
		const waiting = Array.from({ length: 5 }, () => get(KEY, ASK, 'reuse', requestToken));
		await settle();
		stop.abort();
		await expect(result).rejects.toBeInstanceOf(CanceledError);
		expect(signal()?.aborted).toBe(false);
		outcome.resolve(token('shared'));
		const tokens = (await Promise.all(waiting)).map((given) => given.token);
		expect(tokens).toEqual(Array(5).fill('shared'));
		expect(requestToken).not.toHaveBeenCalled();
	});

	it('those who wait for its outcome log in themselves when it is known', async () => {
		const { stop, outcome, result } = startLogin('fresh');
		const requestToken = countingLogin();
		const waiting = Array.from({ length: 5 }, () => get(KEY, ASK, 'fresh', requestToken));
		await settle();
		stop.abort();
		await expect(result).rejects.toBeInstanceOf(CanceledError);
		expect(requestToken).not.toHaveBeenCalled();
		outcome.resolve(token('nobody needs it'));
		const tokens = (await Promise.all(waiting)).map((given) => given.token);
		expect(new Set(tokens).size).toBe(5);
	});

	it.each(['fresh', 'reuse'] as const)('it is given up when nobody waits (%s)', async (use) => {
		const { stop, result, signal } = startLogin(use);
		const other = new AbortController();
		const waiting = get(KEY, ASK, use, countingLogin(), { signal: other.signal });
		waiting.catch(() => {});
		await settle();
		stop.abort();
		await expect(result).rejects.toBeInstanceOf(CanceledError);
		expect(signal()?.aborted).toBe(false);
		other.abort();
		await expect(waiting).rejects.toBeInstanceOf(CanceledError);
		await settle();
		expect(signal()?.aborted).toBe(true);
		await expect(get(KEY, ASK, use, countingLogin())).resolves.toMatchObject({ token: 'token-1' });
	});

	it.each(['fresh', 'reuse'] as const)(
		'where accounts lock, it goes on to its end in any case, and the next waits for it (%s)',
		async (use) => {
			const rules = { locksAccounts: true };
			const { stop, outcome, result, signal } = startLogin(use, rules);
			stop.abort();
			await expect(result).rejects.toBeInstanceOf(CanceledError);
			await settle();
			expect(signal()?.aborted).toBe(false);
			const requestToken = countingLogin();
			const next = get(KEY, ASK, use, requestToken, { rules });
			next.catch(() => {});
			await settle();
			outcome.reject(refused());
			await expect(next).rejects.toBeInstanceOf(VendorError);
			expect(requestToken).not.toHaveBeenCalled();
		},
	);
});

describe('a kept token that may tell less than a new one', () => {
	const lasting = { issuedAt: 1_000_000, expiresAt: 1_000_000 + 12 * 3_600_000 };

	it('is dropped once it is a minute old', async () => {
		const requestToken = countingLogin(lasting);
		await get(KEY, ASK, 'reuse', requestToken);
		clock.jump(59_999);
		expect(source.giveUp({ credential: KEY, options: ASK }, 'token-1', 'outdated')).toBe(false);
		clock.jump(1);
		expect(source.giveUp({ credential: KEY, options: ASK }, 'token-1', 'outdated')).toBe(true);
		expect(await get(KEY, ASK, 'reuse', requestToken)).toMatchObject({ token: 'token-2' });
		clock.jump(30_000);
		expect(source.giveUp({ credential: KEY, options: ASK }, 'token-2', 'outdated')).toBe(false);
		expect(requestToken).toHaveBeenCalledTimes(2);
	});

	it('costs no login where somebody has renewed it already', async () => {
		const requestToken = countingLogin(lasting);
		await get(KEY, ASK, 'reuse', requestToken);
		expect(source.giveUp({ credential: KEY, options: ASK }, 'token-0', 'outdated')).toBe(true);
		expect(await get(KEY, ASK, 'reuse', requestToken)).toMatchObject({ token: 'token-1' });
		expect(requestToken).toHaveBeenCalledTimes(1);
	});

	it('counts as renewed while its renewal is under way, and not when none is kept', async () => {
		expect(source.giveUp({ credential: KEY, options: ASK }, 'token-1', 'outdated')).toBe(false);
		const login = deferred<AccessToken>();
		const pending = get(KEY, ASK, 'reuse', async () => await login.promise);
		expect(source.giveUp({ credential: KEY, options: ASK }, 'token-0', 'outdated')).toBe(true);
		login.resolve(token('token-1', lasting));
		await pending;
	});
});

describe('where wrong logins lock the account', () => {
	const rules = { locksAccounts: true, refusalMemoryMs: [900_000] };

	it.each(['fresh', 'reuse'] as const)(
		'a good login does not vouch for the next ones, which are refused once (%s)',
		async (use) => {
			await get(KEY, ASK, use, countingLogin(), { rules });
			let running = 0;
			let most = 0;
			const requestToken = jest.fn(async (): Promise<AccessToken> => {
				running += 1;
				most = Math.max(most, running);
				await settle();
				running -= 1;
				throw refused();
			});
			const logins = Array.from({ length: 50 }, (_, index) =>
				get(KEY, `options ${index % 5}`, use, requestToken, { rules }),
			);
			const outcomes = await Promise.allSettled(logins);
			expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
			expect(requestToken).toHaveBeenCalledTimes(1);
			expect(most).toBe(1);
		},
	);

	it('logins run one after the other', async () => {
		let running = 0;
		let most = 0;
		const requestToken = countingLogin();
		const slow = async () => {
			running += 1;
			most = Math.max(most, running);
			await clock.pause(10);
			running -= 1;
			return await requestToken();
		};
		const logins = Array.from({ length: 20 }, () => get(KEY, ASK, 'fresh', slow, { rules }));
		await clock.advance(1000);
		const tokens = (await Promise.all(logins)).map((given) => given.token);
		expect(new Set(tokens).size).toBe(20);
		expect(most).toBe(1);
	});

	it('also when one asks at the very moment another one ends', async () => {
		const running = new Set<object>();
		let most = 0;
		const requestToken = async () => {
			const me = {};
			running.add(me);
			most = Math.max(most, running.size);
			await Promise.resolve();
			running.delete(me);
			return token('any');
		};
		const logins: Array<Promise<AccessToken>> = [];
		for (let turn = 0; turn < 60; turn += 1) {
			logins.push(get(KEY, ASK, 'fresh', requestToken, { rules }));
			await Promise.resolve();
		}
		await Promise.all(logins);
		expect(most).toBe(1);
	});

	it('a refusal is remembered as long as the vendor needs to forgive, and says how long once', async () => {
		const requestToken = jest.fn<Promise<AccessToken>, []>().mockRejectedValue(refused());
		const first = await thrownBy(() => get(KEY, ASK, 'fresh', requestToken, { rules }));
		expect((first as VendorError).description).toBe(
			'Wait 15 minutes before the next attempt. A changed password or key is sent at once. A test that passes ends the wait as well, but not in the workers of queue mode.',
		);
		clock.jump(60_000);
		const second = await thrownBy(() => get(KEY, ASK, 'fresh', requestToken, { rules }));
		expect((second as VendorError).description).toBe(
			'Wait 14 minutes before the next attempt. The same login was refused before, so it was not sent again. A changed password or key is sent at once. A test that passes ends the wait as well, but not in the workers of queue mode.',
		);
		clock.jump(839_999);
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken, { rules }));
		expect(requestToken).toHaveBeenCalledTimes(1);
		clock.jump(1);
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken, { rules }));
		expect(requestToken).toHaveBeenCalledTimes(2);
	});

	it('a test asks in any case, and lifts the refusal when it is good', async () => {
		const requestToken = jest.fn<Promise<AccessToken>, []>();
		requestToken.mockRejectedValueOnce(refused()).mockRejectedValueOnce(refused());
		requestToken.mockResolvedValue(token('good'));
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken, { rules }));
		const tested = await thrownBy(() =>
			get(KEY, ASK, 'fresh', requestToken, { rules, isTest: true }),
		);
		// The button "Retry" of the test works at once.
		expect((tested as VendorError).description).toBeUndefined();
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken, { rules }));
		expect(requestToken).toHaveBeenCalledTimes(2);
		await get(KEY, ASK, 'fresh', requestToken, { rules, isTest: true });
		await expect(get(KEY, ASK, 'fresh', requestToken, { rules })).resolves.toMatchObject({
			token: 'good',
		});
	});

	it('is remembered with thousands of other credentials in use', async () => {
		const requestToken = jest.fn<Promise<AccessToken>, []>().mockRejectedValue(refused());
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken, { rules }));
		for (let other = 0; other < 5000; other += 1) {
			await get(`other ${other}`, ASK, 'fresh', countingLogin(), { rules });
		}
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken, { rules }));
		expect(requestToken).toHaveBeenCalledTimes(1);
	});
});

describe('a fault that the next item of a run would only meet again', () => {
	const page = () => new VendorError('A web page', { isForeign: true });
	const unknownHost = () => new NetworkError('Who?', { isTransient: false, wasNotSent: true });
	const down = () => new VendorError('Down', { isTransient: true });
	const run = {};

	/** A login that takes so long and then throws. */
	const failingAfter = (ms: number, fault: () => Error) =>
		jest.fn(async (): Promise<AccessToken> => {
			await clock.pause(ms);
			throw fault();
		});

	/** A run of 100 items, ten at once, with On Error: Continue. */
	async function runItems(requestToken: () => Promise<AccessToken>, ofRun: object): Promise<void> {
		let left = 100;
		const lane = async () => {
			while (left > 0) {
				left -= 1;
				await thrownBy(() => get(KEY, ASK, 'fresh', requestToken, { run: ofRun }));
				await clock.pause(1);
			}
		};
		await Promise.all(Array.from({ length: 10 }, lane));
	}

	it.each([
		['a dead vendor', 60_000, broken],
		['a vendor that is down', 3500, down],
		['a web page', 20, page],
		['an unknown host', 1, unknownHost],
	])('is shared by all items of many runs at once: %s', async (_name, ms, fault) => {
		const requestToken = failingAfter(ms, fault);
		const runs = Promise.all(
			Array.from({ length: 3 }, async () => await runItems(requestToken, {})),
		);
		await clock.advance(600_000);
		await runs;
		expect(requestToken).toHaveBeenCalledTimes(1);
	});

	it.each([
		['broken after three seconds', 3000, broken, 3000],
		['broken after a minute', 60_000, broken, 60_000],
		['broken after five minutes', 300_000, broken, 60_000],
		['down at once', 0, down, 0],
		['a web page at once', 0, page, 5000],
	])('is remembered about as long as it took: %s', async (_name, took, fault, remembered) => {
		const first = thrownBy(() => get(KEY, ASK, 'fresh', failingAfter(took, fault), { run }));
		await clock.advance(took);
		await first;
		const requestToken = countingLogin();
		if (remembered > 0) {
			clock.jump(remembered - 1);
			const error = await thrownBy(() => get(KEY, ASK, 'fresh', requestToken, { run }));
			expect((error as VendorError).description).toBe(
				'Another item in this run just failed for the same reason, so no token was requested for this one. Next attempt in 1 second.',
			);
			clock.jump(1);
		}
		await expect(get(KEY, ASK, 'fresh', requestToken, { run })).resolves.toMatchObject({
			token: 'token-1',
		});
	});

	it('does not concern the next run', async () => {
		await thrownBy(() => get(KEY, ASK, 'fresh', async () => await Promise.reject(page()), { run }));
		const next = await get(KEY, ASK, 'fresh', countingLogin(), { run: {} });
		expect(next.token).toBe('token-1');
		const requestToken = countingLogin();
		await expect(get(KEY, ASK, 'fresh', requestToken, { run })).resolves.toBeDefined();
	});

	it('is no reason for a test not to ask', async () => {
		await thrownBy(() => get(KEY, ASK, 'fresh', async () => await Promise.reject(page()), { run }));
		const tested = await get(KEY, ASK, 'fresh', countingLogin(), { run, isTest: true });
		expect(tested.token).toBe('token-1');
	});

	it('is remembered a while where accounts lock, though it may be over', async () => {
		const rules = { locksAccounts: true };
		const requestToken = jest.fn<Promise<AccessToken>, []>().mockRejectedValue(down());
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken, { rules, run }));
		clock.jump(4999);
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken, { rules, run }));
		expect(requestToken).toHaveBeenCalledTimes(1);
	});
});

describe('a clock', () => {
	it.each([3_600_000, -3_600_000])(
		'set by %i ms changes nothing about a kept token',
		async (ms) => {
			const issuedAt = clock.now();
			const requestToken = countingLogin({ issuedAt, expiresAt: issuedAt + 180_000 });
			await get(KEY, ASK, 'reuse', requestToken);
			clock.set(ms);
			clock.jump(161_999);
			await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({
				token: 'token-1',
			});
			clock.jump(1);
			await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({
				token: 'token-2',
			});
		},
	);

	it.each([3_600_000, -3_600_000])('set by %i ms changes nothing about a refusal', async (ms) => {
		const requestToken = jest.fn<Promise<AccessToken>, []>().mockRejectedValue(refused());
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken));
		clock.set(ms);
		clock.jump(59_999);
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken));
		expect(requestToken).toHaveBeenCalledTimes(1);
		clock.jump(1);
		await thrownBy(() => get(KEY, ASK, 'fresh', requestToken));
		expect(requestToken).toHaveBeenCalledTimes(2);
	});

	it.each([600_000, -600_000])(
		'that is wrong by %i ms does not change how long a token of three minutes is kept',
		async (ms) => {
			const issuedAt = clock.now() + ms;
			const requestToken = countingLogin({ issuedAt, expiresAt: issuedAt + 180_000 });
			await get(KEY, ASK, 'reuse', requestToken);
			clock.jump(161_999);
			await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({
				token: 'token-1',
			});
			clock.jump(1);
			await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({
				token: 'token-2',
			});
		},
	);

	it('that is right shows what is left of a token that the vendor gives out again', async () => {
		const requestToken = countingLogin({
			issuedAt: clock.now() - 3_000_000,
			expiresAt: clock.now() + 600_000,
		});
		await get(KEY, ASK, 'reuse', requestToken);
		clock.jump(539_999);
		await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({ token: 'token-1' });
		clock.jump(1);
		await expect(get(KEY, ASK, 'reuse', requestToken)).resolves.toMatchObject({ token: 'token-2' });
	});
});
