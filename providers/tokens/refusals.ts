import type { VendorError } from '../kit/errors';
import type { TokenRules } from '../kit/provider';

/** How long a refusal is remembered unless the provider says otherwise. */
const MEMORY_MS = 60_000;

/** Wrong logins of an account that locks: no more than so many in this time, whatever they are made with. */
const MOST_WRONG_LOGINS = 3;
const WITHIN_MS = 900_000;

/** The service names a time by itself; a longer one is not kept. */
const LONGEST_RETRY_AFTER_MS = 86_400_000;

/** Secrets of one account that are remembered. */
const MAX_SECRETS = 20;

/** What a login was made with: all of the credential, and of that the secret of the account. */
export interface LoginInputs {
	credential: string;
	secret: string;
}

type Rules = Pick<TokenRules, 'locksAccounts' | 'refusalMemoryMs' | 'processes'>;

interface Refusal {
	fault: VendorError;
	at: number;
	forMs: number;
	/** How many there were in a row. */
	count: number;
	credential: string;
}

/** What stands against a login, and for how long still. */
export interface Objection {
	fault: VendorError;
	ms: number;
	/** Whether it holds for any secret of the account, not only for this one. */
	isForAnySecret: boolean;
}

/**
 * The refused logins of one account, by the secret that they were made with. The same secret is sent again at
 * growing distances only; another one at once, as long as that makes no more than three wrong logins in 15
 * minutes where they lock the account.
 */
export class Refusals {
	private readonly bySecret = new Map<string, Refusal>();

	/** When the last wrong logins were, oldest first. */
	private times: number[] = [];

	constructor(private readonly elapsed: () => number) {}

	/** @returns milliseconds for which the same credential is not sent again */
	add(fault: VendorError, { credential, secret }: LoginInputs, rules: Rules): number {
		const at = this.elapsed();
		const { refusalMemoryMs = [MEMORY_MS], locksAccounts, processes = 1 } = rules;
		const count = (this.bySecret.get(secret)?.count ?? 0) + 1;
		const byRule = refusalMemoryMs[Math.min(count, refusalMemoryMs.length) - 1] ?? MEMORY_MS;
		const asked = Math.min(fault.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS);
		// Processes do not see each other's refusals: each waits so much longer that they make no more in all.
		const forMs = Math.max(locksAccounts ? byRule * processes : byRule, asked);
		this.bySecret.delete(secret);
		this.bySecret.set(secret, { fault, at, forMs, count, credential });
		const [oldest] = this.bySecret.keys();
		if (this.bySecret.size > MAX_SECRETS && oldest !== undefined) this.bySecret.delete(oldest);
		this.times = [...this.times, at].slice(-MOST_WRONG_LOGINS);
		return forMs;
	}

	/** A login with this secret has succeeded. */
	lift({ secret }: LoginInputs): void {
		this.bySecret.delete(secret);
		this.times = [];
	}

	/** What stands against a login now; `null`: nothing. */
	against(inputs: LoginInputs, rules: Rules): Objection | null {
		const refusal = this.bySecret.get(inputs.secret);
		const msOfSecret = refusal === undefined ? 0 : this.msLeft(refusal, inputs, rules);
		if (refusal !== undefined && msOfSecret > 0) {
			return { fault: refusal.fault, ms: msOfSecret, isForAnySecret: false };
		}
		const last = [...this.bySecret.values()].at(-1);
		const [first = -Infinity] = this.times;
		const ms = first + WITHIN_MS - this.elapsed();
		const areTooMany = rules.locksAccounts && this.times.length === MOST_WRONG_LOGINS && ms > 0;
		return areTooMany && last !== undefined
			? { fault: last.fault, ms, isForAnySecret: true }
			: null;
	}

	/** Whether nothing of it has to be remembered. How many there were in a row outlasts the wait itself. */
	get isForgotten(): boolean {
		const now = this.elapsed();
		return [...this.bySecret.values()].every(({ at, forMs }) => now >= at + 2 * forMs);
	}

	/** Once, another value beside the same secret is tried after a minute: it may have been corrected. */
	private msLeft(
		{ at, forMs, count, credential }: Refusal,
		inputs: LoginInputs,
		{ locksAccounts, processes = 1 }: Rules,
	): number {
		const isCorrected = credential !== inputs.credential && count === 1;
		const maySoon = isCorrected && !(locksAccounts && processes > 1);
		return at + (maySoon ? Math.min(forMs, MEMORY_MS) : forMs) - this.elapsed();
	}
}
