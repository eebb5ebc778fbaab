import { NetworkError } from '../../../providers/kit/errors';
import type { AccessToken } from '../../../providers/kit/provider';
import { TokenSource, type TokenWanted } from '../../../providers/tokens/tokenSource';
import { deferred } from '../../support/deferred';
import { FakeClock, settle } from '../../support/fakeClock';
import { thrownBy } from '../../support/leaks';

/** What is known of the logins with credential `a` must outlive the use of others. */
let clock: FakeClock;
let source: TokenSource;

beforeEach(() => {
	clock = new FakeClock(1_000_000);
	source = new TokenSource(clock);
});

const token = (name: string): AccessToken => ({
	token: name,
	issuedAt: null,
	expiresAt: null,
	claims: null,
});

const get = async (
	credential: string,
	requestToken: TokenWanted['requestToken'],
	more: Partial<TokenWanted> = {},
) =>
	await source.get({
		key: { credential, options: '' },
		use: 'fresh',
		rules: { locksAccounts: false },
		isTest: false,
		requestToken,
		...more,
	});

/** Whoever else uses a credential gives the source the chance to forget what is idle. */
async function useOthers(): Promise<void> {
	for (const other of ['b', 'c', 'd', 'b', 'c', 'd']) {
		await get(other, async () => token(other));
	}
}

it('while one login is under way, no other begins beside it where that locks the account', async () => {
	const rules = { locksAccounts: true };
	const outcome = deferred<AccessToken>();
	const first = get('a', async () => await outcome.promise, { rules });
	await settle();
	await useOthers();
	const second = jest.fn(async () => token('second'));
	const waiting = get('a', second, { rules });
	await settle();
	expect(second).not.toHaveBeenCalled();
	outcome.resolve(token('first'));
	expect((await first).token).toBe('first');
	expect((await waiting).token).toBe('second');
});

it('a login that succeeded within the last minute vouches for the next ones', async () => {
	await get('a', async () => token('first'));
	await useOthers();
	clock.jump(59_000);
	const outcome = deferred<AccessToken>();
	const login = jest.fn(async () => await outcome.promise);
	const all = Promise.all([get('a', login), get('a', login), get('a', login)]);
	await settle();
	expect(login).toHaveBeenCalledTimes(3);
	outcome.resolve(token('next'));
	await all;
});

it('a fault that the next item of a run would only meet again is remembered', async () => {
	const run = {};
	const unknownHost = async () => {
		throw new NetworkError('Who?', { isTransient: false, wasNotSent: true });
	};
	await thrownBy(() => get('a', unknownHost, { run }));
	await useOthers();
	const login = jest.fn(async () => token('a'));
	await thrownBy(() => get('a', login, { run }));
	expect(login).not.toHaveBeenCalled();
});
