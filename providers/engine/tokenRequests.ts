import { NetworkError, VendorError } from '../kit/errors';
import type { AccessToken } from '../kit/provider';
import type { Runtime } from './runtime';
import { SharedRequest } from './sharedRequest';

/** How long a refusal is remembered unless the provider says otherwise, and how long a success vouches. */
const MEMORY_MS = 60_000;

/** How long a run remembers a fault at least that another try so soon would only meet again. */
const SHORT_MEMORY_MS = 5000;

/** What is particular to the token requests of one vendor. */
export interface TokenRequestRules {
	/** Whether refused ones lock the account. */
	locksAccounts: boolean;
	/** Default: a minute. */
	refusalMemoryMs?: number;
}

/** One token request that is wanted. */
export interface RequestWanted {
	rules: TokenRequestRules;
	/** Whether it is tried although what is remembered is against it. */
	isTest: boolean;
	/** Stands for the run of a node with all its items. */
	run?: object;
	requestToken: (signal: AbortSignal) => Promise<AccessToken>;
}

type RequestFault = VendorError | NetworkError;

interface Failure {
	fault: RequestFault;
	at: number;
	forMs: number;
}

/**
 * The token requests with one credential.
 *
 * - Where wrong ones lock the account they run one at a time. Elsewhere they do until one has succeeded
 *   within the last minute: it vouches for the others.
 * - Who waited for one that failed shares its failure, if his own would only repeat it.
 * - A refusal is remembered. So is for a short while, in the same run only, that the vendor could not be
 *   reached or something else answered in its place: each of a thousand items would wait for that.
 */
export class TokenRequests {
	/** One under way that the others wait for. */
	private current: SharedRequest<AccessToken> | null = null;

	private refusal: Failure | null = null;

	/** By run. */
	private faults = new WeakMap<object, Failure>();

	private lastFault: Failure | null = null;

	private succeededAt = -Infinity;

	/** How many are at it, or wait for their turn. */
	private users = 0;

	constructor(private readonly runtime: Pick<Runtime, 'elapsed'>) {}

	/** Whether nothing of it has to be remembered. */
	get isIdle(): boolean {
		const isForgotten = this.msLeft(this.refusal) <= 0 && this.msLeft(this.lastFault) <= 0;
		return this.users === 0 && isForgotten && !this.isVouchedFor();
	}

	/** @throws {CanceledError} as soon as `signal` is aborted; what the token request throws, also another one's */
	async request(wanted: RequestWanted, signal?: AbortSignal): Promise<AccessToken> {
		this.users += 1;
		try {
			for (let turn = this.current; turn !== null && !turn.isGivenUp; turn = this.current) {
				this.throwIfFailed(wanted);
				await turn.wait(signal).catch((error: unknown) => {
					if (signal?.aborted === true) throw error;
					if (!concernsEveryRequest(error)) return;
					this.noteForRun(wanted);
					throw error;
				});
			}
			this.throwIfFailed(wanted);
			return await this.start(wanted).wait(signal);
		} finally {
			this.users -= 1;
		}
	}

	private start(wanted: RequestWanted): SharedRequest<AccessToken> {
		const { locksAccounts } = wanted.rules;
		const mine: SharedRequest<AccessToken> = new SharedRequest(
			async (stop) => await this.attempt(wanted, stop, () => this.current === mine),
			!locksAccounts,
		);
		if (locksAccounts || !this.isVouchedFor()) this.current = mine;
		return mine;
	}

	private async attempt(
		wanted: RequestWanted,
		stop: AbortSignal,
		isCurrent: () => boolean,
	): Promise<AccessToken> {
		const startedAt = this.runtime.elapsed();
		try {
			const token = await wanted.requestToken(stop);
			this.succeededAt = this.runtime.elapsed();
			this.refusal = null;
			if (this.lastFault !== null) this.faults = new WeakMap();
			this.lastFault = null;
			return token;
		} catch (error) {
			throw concernsEveryRequest(error) ? this.failed(error, startedAt, wanted) : error;
		} finally {
			if (isCurrent()) this.current = null;
		}
	}

	private failed(fault: RequestFault, startedAt: number, wanted: RequestWanted): RequestFault {
		const at = this.runtime.elapsed();
		const { locksAccounts, refusalMemoryMs = MEMORY_MS } = wanted.rules;
		this.succeededAt = -Infinity;
		if (!isRefusal(fault)) {
			this.lastFault = { fault, at, forMs: memoryOf(fault, at - startedAt, wanted.rules) };
			this.noteForRun(wanted);
			return fault;
		}
		this.refusal = { fault, at, forMs: refusalMemoryMs };
		return locksAccounts
			? fault.withAdvice(
					`Wait ${duration(refusalMemoryMs)} before the next try: until then only a changed credential is sent, or its Test.`,
				)
			: fault;
	}

	private noteForRun({ run }: RequestWanted): void {
		if (run !== undefined && this.lastFault !== null) this.faults.set(run, this.lastFault);
	}

	/** @throws what ended a token request before, as long as it is remembered */
	private throwIfFailed({ isTest, run, rules: { locksAccounts } }: RequestWanted): void {
		if (isTest) return;
		const refusedMs = this.msLeft(this.refusal);
		if (this.refusal !== null && refusedMs > 0) {
			const time = duration(refusedMs);
			throw this.refusal.fault.withAdvice(
				locksAccounts
					? `Wait ${time} before the next try: the same credential was refused before, so it was not sent again; only a changed credential is, or its Test.`
					: `The same credential was refused a moment ago, so it was not sent again; the next try is possible in ${time}, or as soon as the credential is changed or its Test is pressed.`,
			);
		}
		const met = run === undefined ? undefined : this.faults.get(run);
		const faultMs = this.msLeft(met ?? null);
		if (met !== undefined && faultMs > 0) {
			throw met.fault.withAdvice(
				`Another item of this run has just met this, so no token request was made for this one; the next one is in ${duration(faultMs)}.`,
			);
		}
	}

	private msLeft(failure: Failure | null): number {
		return failure === null ? 0 : failure.at + failure.forMs - this.runtime.elapsed();
	}

	private isVouchedFor(): boolean {
		return this.runtime.elapsed() - this.succeededAt < MEMORY_MS;
	}
}

/**
 * Whether what ended one token request would end the next one too, though it may ask for another kind of token.
 * Input that cannot be right and what the vendor says about it concern one item alone.
 */
function concernsEveryRequest(error: unknown): error is RequestFault {
	if (error instanceof NetworkError) return true;
	return (
		error instanceof VendorError &&
		(error.credentialRejected || error.isTransient || error.isForeign)
	);
}

function isRefusal(fault: RequestFault): boolean {
	return fault instanceof VendorError && fault.credentialRejected;
}

/** A fault is remembered as long as it took to find out: so waiting for it costs half the time at most. */
function memoryOf(
	fault: RequestFault,
	tookMs: number,
	{ locksAccounts }: TokenRequestRules,
): number {
	const atLeast = fault.isTransient && !locksAccounts ? 0 : SHORT_MEMORY_MS;
	return Math.min(MEMORY_MS, Math.max(atLeast, tookMs));
}

function duration(ms: number): string {
	const seconds = Math.ceil(ms / 1000);
	if (seconds <= 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
	return `${Math.ceil(seconds / 60)} minutes`;
}
