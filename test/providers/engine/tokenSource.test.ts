import { CanceledError, NetworkError, VendorError } from '../../../providers/kit/errors';
import type { AccessToken } from '../../../providers/kit/provider';
import { TokenSource } from '../../../providers/engine/tokenSource';
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

describe('a refused login', () => {
	it.each(['fresh', 'reuse'] as const)(
		'is one attempt for 100 items that log in at once (%s)',
		async (use) => {
			const logIn = jest.fn(async (): Promise<AccessToken> => {
				await settle();
				throw refused();
			});
			const logins = Array.from({ length: 100 }, () => source.get(KEY, ASK, use, logIn));
			const outcomes = await Promise.allSettled(logins);
			expect(logIn).toHaveBeenCalledTimes(1);
			expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
		},
	);

	it('is remembered for 60 s, and then tried again', async () => {
		const logIn = jest.fn<Promise<AccessToken>, []>().mockRejectedValue(refused());
		await thrownBy(() => source.get(KEY, ASK, 'fresh', logIn));
		clock.jump(59_999);
		const error = (await thrownBy(() => source.get(KEY, ASK, 'fresh', logIn))) as VendorError;
		expect(logIn).toHaveBeenCalledTimes(1);
		expect(error).toBeInstanceOf(VendorError);
		expect(error.message).toBe('Wrong password');
		expect(error.description).toContain('was not sent again');
		clock.jump(1);
		await thrownBy(() => source.get(KEY, ASK, 'fresh', logIn));
		expect(logIn).toHaveBeenCalledTimes(2);
	});

	it('says in how many seconds the next try is possible', async () => {
		await thrownBy(() =>
			source.get(KEY, ASK, 'fresh', async () => await Promise.reject(refused())),
		);
		clock.jump(45_500);
		const error = await thrownBy(() => source.get(KEY, ASK, 'fresh', countingLogin()));
		expect((error as VendorError).description).toContain('in 15 seconds');
	});

	it('concerns only the credential it was made with', async () => {
		await thrownBy(() =>
			source.get(KEY, ASK, 'fresh', async () => await Promise.reject(refused())),
		);
		const other = await source.get('another credential', ASK, 'fresh', countingLogin());
		expect(other.token).toBe('token-1');
	});

	it('is not what a network fault is', async () => {
		const logIn = jest.fn<Promise<AccessToken>, []>();
		logIn.mockRejectedValueOnce(broken()).mockResolvedValueOnce(token('late'));
		await thrownBy(() => source.get(KEY, ASK, 'fresh', logIn));
		await expect(source.get(KEY, ASK, 'fresh', logIn)).resolves.toMatchObject({ token: 'late' });
	});

	it('is not what a vendor that is down gives', async () => {
		const logIn = jest.fn<Promise<AccessToken>, []>();
		logIn.mockRejectedValueOnce(new VendorError('Down')).mockResolvedValueOnce(token('late'));
		await thrownBy(() => source.get(KEY, ASK, 'fresh', logIn));
		await expect(source.get(KEY, ASK, 'fresh', logIn)).resolves.toMatchObject({ token: 'late' });
	});

	it('is tried again by one login, not by all who wait', async () => {
		await source.get(KEY, ASK, 'fresh', countingLogin());
		await thrownBy(() =>
			source.get(KEY, ASK, 'fresh', async () => await Promise.reject(refused())),
		);
		clock.jump(60_000);
		const logIn = jest.fn<Promise<AccessToken>, []>().mockRejectedValue(refused());
		const logins = Array.from({ length: 10 }, () => source.get(KEY, ASK, 'fresh', logIn));
		await Promise.allSettled(logins);
		expect(logIn).toHaveBeenCalledTimes(1);
	});
});

describe('fresh', () => {
	it('gives every call a token of its own', async () => {
		const logIn = countingLogin();
		const calls = Array.from({ length: 100 }, () => source.get(KEY, ASK, 'fresh', logIn));
		const tokens = (await Promise.all(calls)).map((given) => given.token);
		expect(new Set(tokens).size).toBe(100);
	});

	it('logs in alone until the first success, then in parallel', async () => {
		const logins = Array.from({ length: 10 }, () => deferred<AccessToken>());
		let started = 0;
		const logIn = async () => {
			started += 1;
			return await (logins[started - 1]?.promise ?? Promise.reject(new Error('Too many')));
		};
		const calls = logins.map(async () => await source.get(KEY, ASK, 'fresh', logIn));
		await settle();
		expect(started).toBe(1);
		logins[0]?.resolve(token('first'));
		await settle();
		expect(started).toBe(10);
		logins.forEach(({ resolve }, index) => resolve(token(`token-${index}`)));
		await Promise.all(calls);
	});

	it('logs in alone again when the last success is a minute ago', async () => {
		await source.get(KEY, ASK, 'fresh', countingLogin());
		clock.jump(60_000);
		const logIn = jest.fn(async () => await new Promise<AccessToken>(() => {}));
		for (let call = 0; call < 5; call += 1) void source.get(KEY, ASK, 'fresh', logIn);
		await settle();
		expect(logIn).toHaveBeenCalledTimes(1);
	});

	it('never hands out a kept token', async () => {
		const logIn = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		await source.get(KEY, ASK, 'reuse', logIn);
		await expect(source.get(KEY, ASK, 'fresh', logIn)).resolves.toMatchObject({ token: 'token-2' });
	});
});

describe('reuse', () => {
	it('makes one login for all who need the token at once', async () => {
		const logIn = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		const calls = Array.from({ length: 100 }, () => source.get(KEY, ASK, 'reuse', logIn));
		const tokens = (await Promise.all(calls)).map((given) => given.token);
		expect(logIn).toHaveBeenCalledTimes(1);
		expect(new Set(tokens)).toEqual(new Set(['token-1']));
	});

	it.each([
		['60 s before, of an hour', 3_600_000, 3_540_000],
		['a tenth before, of three minutes', 180_000, 162_000],
	])('renews a token shortly before it expires: %s', async (_name, lifetime, renewedAfter) => {
		const issuedAt = clock.now();
		const logIn = countingLogin({ issuedAt, expiresAt: issuedAt + lifetime });
		await source.get(KEY, ASK, 'reuse', logIn);
		clock.jump(renewedAfter - 1);
		await expect(source.get(KEY, ASK, 'reuse', logIn)).resolves.toMatchObject({ token: 'token-1' });
		clock.jump(1);
		await expect(source.get(KEY, ASK, 'reuse', logIn)).resolves.toMatchObject({ token: 'token-2' });
	});

	it('keeps no token whose expiry is not known', async () => {
		const logIn = countingLogin();
		await source.get(KEY, ASK, 'reuse', logIn);
		await expect(source.get(KEY, ASK, 'reuse', logIn)).resolves.toMatchObject({ token: 'token-2' });
	});

	it('keeps apart what was asked for with other options or another credential', async () => {
		const logIn = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		const tokens = [
			await source.get(KEY, ASK, 'reuse', logIn),
			await source.get(KEY, 'other options', 'reuse', logIn),
			await source.get('other credential', ASK, 'reuse', logIn),
		];
		expect(tokens.map((given) => given.token)).toEqual(['token-1', 'token-2', 'token-3']);
	});

	it('fetches a new token after the vendor refused the kept one', async () => {
		const logIn = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		await source.get(KEY, ASK, 'reuse', logIn);
		source.drop(KEY, ASK, 'token-1');
		await expect(source.get(KEY, ASK, 'reuse', logIn)).resolves.toMatchObject({ token: 'token-2' });
	});

	it('keeps its token when an older one is dropped late', async () => {
		const logIn = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		await source.get(KEY, ASK, 'reuse', logIn);
		source.drop(KEY, ASK, 'an older token');
		await expect(source.get(KEY, ASK, 'reuse', logIn)).resolves.toMatchObject({ token: 'token-1' });
	});

	it('stays bounded: of 1001 tokens the oldest is forgotten', async () => {
		const logIn = countingLogin({ expiresAt: clock.now() + 3_600_000 });
		for (let index = 0; index <= 1000; index += 1) {
			await source.get(`credential ${index}`, ASK, 'reuse', logIn);
		}
		await source.get('credential 1', ASK, 'reuse', logIn);
		expect(logIn).toHaveBeenCalledTimes(1001);
		await source.get('credential 0', ASK, 'reuse', logIn);
		expect(logIn).toHaveBeenCalledTimes(1002);
	});
});

describe('when the execution that logs in is stopped', () => {
	it.each(['fresh', 'reuse'] as const)(
		'those who waited for it log in themselves (%s)',
		async (use) => {
			const first = deferred<AccessToken>();
			const stopped = source.get(KEY, ASK, use, async () => await first.promise);
			const logIn = countingLogin({ expiresAt: clock.now() + 3_600_000 });
			const waiting = Array.from({ length: 5 }, () => source.get(KEY, ASK, use, logIn));
			await settle();
			expect(logIn).not.toHaveBeenCalled();
			first.reject(new CanceledError());
			await expect(stopped).rejects.toBeInstanceOf(CanceledError);
			const tokens = (await Promise.all(waiting)).map((given) => given.token);
			expect(new Set(tokens).size).toBe(use === 'fresh' ? 5 : 1);
		},
	);
});

describe('a kept token that may tell less than a new one', () => {
	const lasting = { issuedAt: 1_000_000, expiresAt: 1_000_000 + 12 * 3_600_000 };

	it('is dropped once it is a minute old', async () => {
		const logIn = countingLogin(lasting);
		await source.get(KEY, ASK, 'reuse', logIn);
		clock.jump(59_999);
		expect(source.dropOutdated(KEY, ASK, 'token-1')).toBe(false);
		clock.jump(1);
		expect(source.dropOutdated(KEY, ASK, 'token-1')).toBe(true);
		expect(await source.get(KEY, ASK, 'reuse', logIn)).toMatchObject({ token: 'token-2' });
		clock.jump(30_000);
		expect(source.dropOutdated(KEY, ASK, 'token-2')).toBe(false);
		expect(logIn).toHaveBeenCalledTimes(2);
	});

	it('costs no login where somebody has renewed it already', async () => {
		const logIn = countingLogin(lasting);
		await source.get(KEY, ASK, 'reuse', logIn);
		expect(source.dropOutdated(KEY, ASK, 'token-0')).toBe(true);
		expect(await source.get(KEY, ASK, 'reuse', logIn)).toMatchObject({ token: 'token-1' });
		expect(logIn).toHaveBeenCalledTimes(1);
	});

	it('counts as renewed while its renewal is under way, and not when none is kept', async () => {
		expect(source.dropOutdated(KEY, ASK, 'token-1')).toBe(false);
		const login = deferred<AccessToken>();
		const pending = source.get(KEY, ASK, 'reuse', async () => await login.promise);
		expect(source.dropOutdated(KEY, ASK, 'token-0')).toBe(true);
		login.resolve(token('token-1', lasting));
		await pending;
	});
});
