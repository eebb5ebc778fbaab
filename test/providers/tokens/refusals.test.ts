import { VendorError } from '../../../providers/kit/errors';
import { Refusals } from '../../../providers/tokens/refusals';
import { FakeClock } from '../../support/fakeClock';

const MINUTE = 60_000;
const RULES = { locksAccounts: true, refusalMemoryMs: [15 * MINUTE, 60 * MINUTE] };

let clock: FakeClock;
let refusals: Refusals;

beforeEach(() => {
	clock = new FakeClock();
	refusals = new Refusals(clock.elapsed);
});

const inputs = (secret: string, credential = secret) => ({ credential, secret });

const refuse = (secret: string, credential = secret, retryAfterMs: number | null = null) =>
	refusals.add(
		new VendorError('Wrong', { credentialRejected: true, retryAfterMs }),
		inputs(secret, credential),
		RULES,
	);

const msLeft = (secret: string, credential = secret) =>
	refusals.against(inputs(secret, credential), RULES)?.ms ?? 0;

it('sends the same credential again after 15 minutes, and then after an hour', () => {
	expect(refuse('a')).toBe(15 * MINUTE);
	clock.jump(15 * MINUTE - 1);
	expect(msLeft('a')).toBe(1);
	clock.jump(1);
	expect(msLeft('a')).toBe(0);
	expect(refuse('a')).toBe(60 * MINUTE);
	clock.jump(60 * MINUTE);
	expect(refuse('a')).toBe(60 * MINUTE);
});

it('sends another password at once, up to three wrong ones in 15 minutes', () => {
	for (const secret of ['a', 'b', 'c']) {
		expect(msLeft(secret)).toBe(0);
		refuse(secret);
		clock.jump(MINUTE);
	}
	expect(msLeft('d')).toBe(12 * MINUTE);
	clock.jump(12 * MINUTE);
	expect(msLeft('d')).toBe(0);
});

it('sends another value beside the same password after a minute, once', () => {
	refuse('a', 'first');
	expect(msLeft('a', 'second')).toBe(MINUTE);
	clock.jump(MINUTE);
	expect(msLeft('a', 'second')).toBe(0);
	refuse('a', 'second');
	expect(msLeft('a', 'third')).toBe(60 * MINUTE);
});

it('keeps to a longer time that the service names, but not for more than a day', () => {
	expect(refuse('a', 'a', 30 * MINUTE)).toBe(30 * MINUTE);
	expect(refuse('b', 'b', 1e12)).toBe(24 * 60 * MINUTE);
});

it('a good login lifts what was counted', () => {
	for (const secret of ['a', 'b', 'c']) refuse(secret);
	refusals.lift(inputs('a'));
	expect([msLeft('a'), msLeft('d')]).toEqual([0, 0]);
	expect(msLeft('b')).toBe(15 * MINUTE);
});
