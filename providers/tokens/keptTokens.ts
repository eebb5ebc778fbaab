import type { Runtime } from '../http/runtime';
import type { AccessToken } from '../kit/provider';
import { Renewals } from './renewals';

const MAX_RENEWAL_MARGIN_MS = 60_000;

/** A call that begins with a token has so long at least to arrive. */
const MAX_END_MARGIN_MS = 5000;

const MAX_TOKENS = 1000;

/**
 * A token whose life is over when it comes is kept so long all the same: the service means something else by it,
 * or a clock is wrong, and a refusal says so soon enough.
 */
const LEAST_LIFE_MS = 60_000;

/** A token in memory. All times are by the clock that is never set. */
export interface KeptToken {
	token: AccessToken;
	keptAt: number;
	/** When a call was seen to be accepted with it; `null`: none was. */
	goodAt: number | null;
	/** Whether something has spoken against it since, and it was not given up for that. */
	isDoubted: boolean;
	/** From here on a new one is requested. */
	renewAt: number;
	/** From here on no call begins with it. */
	endsAt: number;
	/** When it is renewed ahead of time, at the earliest. */
	nextRenewalAt: number;
}

/** Tokens in memory, the latest thousand, and what is learned of giving them up. */
export class KeptTokens {
	private readonly tokens = new Map<string, KeptToken>();

	private readonly renewals = new Map<string, Renewals>();

	private readonly arrivals = new WeakMap<AccessToken, number>();

	constructor(private readonly runtime: Pick<Runtime, 'elapsed' | 'now'>) {}

	get(name: string): KeptToken | undefined {
		return this.tokens.get(name);
	}

	keep(name: string, token: AccessToken): void {
		const keptAt = this.runtime.elapsed();
		const { left, lifetime } = this.lifeOf(token);
		const renewAt = keptAt + left - renewalMargin(lifetime);
		this.tokens.delete(name);
		this.tokens.set(name, {
			token,
			keptAt,
			goodAt: null,
			isDoubted: false,
			renewAt,
			endsAt: keptAt + left - endMargin(lifetime),
			nextRenewalAt: renewAt,
		});
		forgetOldest(this.tokens);
	}

	drop(name: string): void {
		this.tokens.delete(name);
	}

	/** A call uses a token, which may live on for that. */
	use(kept: KeptToken): void {
		const { idleLifetimeMs } = kept.token;
		if (idleLifetimeMs === undefined) return;
		const now = this.runtime.elapsed();
		kept.renewAt = now + idleLifetimeMs - renewalMargin(idleLifetimeMs);
		kept.endsAt = kept.renewAt;
		kept.nextRenewalAt = kept.renewAt;
	}

	renewalsOf(name: string): Renewals {
		const renewals = this.renewals.get(name) ?? new Renewals(this.runtime.elapsed);
		this.renewals.delete(name);
		this.renewals.set(name, renewals);
		forgetOldest(this.renewals);
		return renewals;
	}

	noteArrival(token: AccessToken): void {
		this.arrivals.set(token, this.runtime.elapsed());
	}

	/** Milliseconds since a token came. */
	ageOf(token: AccessToken): number {
		return this.runtime.elapsed() - (this.arrivals.get(token) ?? -Infinity);
	}

	/**
	 * What is left of a token's life from its arrival on, in milliseconds; none when its expiry is not known. No
	 * vendor gives out a token before its time or after, so where it looks like that the clock here is wrong, and
	 * the token is taken to be new.
	 */
	private lifeOf({ issuedAt, expiresAt }: AccessToken): { left: number; lifetime: number } {
		if (expiresAt === null) return { left: 0, lifetime: 0 };
		const now = this.runtime.now();
		const lifetime = expiresAt - (issuedAt ?? now);
		if (lifetime <= 0) return { left: LEAST_LIFE_MS, lifetime: 0 };
		const isClockRight = issuedAt === null || (issuedAt <= now && now < expiresAt);
		return { left: isClockRight ? expiresAt - now : lifetime, lifetime };
	}
}

/** How long before its end a token is renewed. */
function renewalMargin(lifetimeMs: number): number {
	return Math.min(MAX_RENEWAL_MARGIN_MS, lifetimeMs / 10);
}

function endMargin(lifetimeMs: number): number {
	return Math.min(MAX_END_MARGIN_MS, lifetimeMs / 20);
}

function forgetOldest(map: Map<string, unknown>): void {
	const oldest = map.keys().next();
	if (map.size > MAX_TOKENS && oldest.done !== true) map.delete(oldest.value);
}
