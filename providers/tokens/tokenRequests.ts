import { NetworkError, VendorError } from '../kit/errors';
import type { AccessToken, TokenRules } from '../kit/provider';
import type { Runtime } from '../http/runtime';
import { Refusals, type LoginInputs, type Objection } from './refusals';
import { SharedRequest } from './sharedRequest';

/** How long a fault is remembered at most unless the service names a time, and how long a success vouches. */
const MEMORY_MS = 60_000;

/** The longest time that a service names and that is kept to. */
const LONGEST_RETRY_AFTER_MS = 86_400_000;

/** How long a run remembers a fault at least that another try so soon would only meet again. */
const SHORT_MEMORY_MS = 5000;

/** One token request that is wanted. */
export interface RequestWanted {
	rules: Pick<TokenRules, 'locksAccounts' | 'refusalMemoryMs' | 'processes'>;
	/** What it is made with. */
	inputs: LoginInputs;
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
 * The token requests for one account.
 *
 * - They run one at a time where wrong ones lock the account. Elsewhere they run one at a time until one succeeds,
 *   which vouches for the others for a minute.
 * - Waiters share the failure of the request they waited for, if their own would fail in the same way.
 * - A refusal is remembered, and so is the time before which the service wants no login.
 * - An unreachable vendor, or another server in its place, is remembered for a short while within the same run.
 *   Otherwise each of a thousand items would wait for it.
 */
export class TokenRequests {
	/** The request under way, for which the others wait. */
	private current: SharedRequest<AccessToken> | null = null;

	private readonly refusals: Refusals;

	/** The service wants no login of this account for a while. */
	private limited: Failure | null = null;

	/** By run. */
	private faults = new WeakMap<object, Failure>();

	private lastFault: Failure | null = null;

	private succeededAt = -Infinity;

	/** How many callers request a token now, or wait for their turn. */
	private users = 0;

	constructor(private readonly runtime: Pick<Runtime, 'elapsed'>) {
		this.refusals = new Refusals(runtime.elapsed);
	}

	/** Whether it can be forgotten. */
	get isIdle(): boolean {
		const faults = [this.lastFault, this.limited];
		const isForgotten =
			this.refusals.isForgotten && faults.every((fault) => this.msLeft(fault) <= 0);
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
			this.refusals.lift(wanted.inputs);
			this.limited = null;
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
		this.succeededAt = -Infinity;
		if (!isRefusal(fault)) {
			this.lastFault = { fault, at, forMs: memoryOf(fault, at - startedAt, wanted.rules) };
			this.noteForRun(wanted);
			const asked = Math.min(retryAfterOf(fault), LONGEST_RETRY_AFTER_MS);
			if (asked > 0) this.limited = { fault, at, forMs: asked };
			return fault;
		}
		const forMs = this.refusals.add(fault, wanted.inputs, wanted.rules);
		// "Retry" of a test sends the login at once.
		return wanted.rules.locksAccounts && !wanted.isTest
			? fault.withWait(`Wait ${duration(forMs)} before the next attempt. ${whatLifts}`)
			: fault;
	}

	private noteForRun({ run }: RequestWanted): void {
		if (run !== undefined && this.lastFault !== null) this.faults.set(run, this.lastFault);
	}

	/** @throws what ended a token request before, as long as it is remembered */
	private throwIfFailed({ isTest, run, inputs, rules }: RequestWanted): void {
		if (isTest) return;
		const refused = this.refusals.against(inputs, rules);
		if (refused !== null) {
			const error = refused.fault.withAdvice(adviceFor(refused, rules));
			error.lockedForMs = refused.ms;
			throw error;
		}
		const limitedMs = this.msLeft(this.limited);
		if (this.limited !== null && limitedMs > 0) {
			throw this.limited.fault.withAdvice(
				`The service wants no login for another ${duration(limitedMs)}, so none was sent.`,
			);
		}
		const met = run === undefined ? undefined : this.faults.get(run);
		const faultMs = this.msLeft(met ?? null);
		if (met !== undefined && faultMs > 0) {
			throw met.fault.withAdvice(
				`Another item in this run just failed for the same reason, so no token was requested for this one. Next attempt in ${duration(faultMs)}.`,
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

function retryAfterOf(fault: RequestFault): number {
	return fault instanceof VendorError ? (fault.retryAfterMs ?? 0) : 0;
}

function isRefusal(fault: RequestFault): fault is VendorError {
	return fault instanceof VendorError && fault.credentialRejected;
}

/** A fault is remembered as long as it took to find out: so waiting for it costs half the time at most. */
function memoryOf(
	fault: RequestFault,
	tookMs: number,
	{ locksAccounts }: RequestWanted['rules'],
): number {
	const atLeast = fault.isTransient && !locksAccounts ? 0 : SHORT_MEMORY_MS;
	return Math.min(MEMORY_MS, Math.max(atLeast, tookMs));
}

/** True in every process: a test is made by the main process, and workers do not hear of it. */
const whatLifts =
	'A changed password or key is sent at once. A test that passes ends the wait as well, but not in the workers of queue mode.';

function adviceFor(
	{ ms, isForAnySecret }: Objection,
	{ locksAccounts }: RequestWanted['rules'],
): string {
	const time = duration(ms);
	if (isForAnySecret) {
		return `Wait ${time} before the next attempt. There were three wrong logins within 15 minutes, and more may lock the account.`;
	}
	return locksAccounts
		? `Wait ${time} before the next attempt. The same login was refused before, so it was not sent again. ${whatLifts}`
		: `The same login was refused a moment ago, so it was not sent again. Next attempt in ${time}, or as soon as you change the password or key in the credential.`;
}

function duration(ms: number): string {
	const seconds = Math.ceil(ms / 1000);
	if (seconds <= 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
	return `${Math.ceil(seconds / 60)} minutes`;
}
