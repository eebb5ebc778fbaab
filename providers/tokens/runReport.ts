import { CanceledError, NetworkError, ProviderError, VendorError } from '../kit/errors';
import type { LogFields, Log } from '../kit/log';
import type { AccessToken, Provider } from '../kit/provider';
import { IDEMPOTENT_METHODS } from '../kit/retryPolicy';

/** Shorter waits are usual and say nothing. */
const LONG_WAIT_MS = 1000;

/** What a report belongs to, for its log lines. */
export interface ReportedRun {
	provider: Pick<Provider, 'displayName'>;
	/** The credential's name and ID, as far as n8n tells them. */
	credential?: { name?: string; id?: string | null };
	/** The node, its workflow and its execution. */
	place?: LogFields;
	log: Log;
}

/**
 * What one run tells the operator of n8n: a log line for each thing that happens to a token or a call, and the
 * numbers of the whole run. It never holds a user name, a secret, a token or a URL.
 */
export class RunReport {
	calls = 0;

	repeatedCalls = 0;

	/** The methods used whose calls cannot be repeated without harm. */
	readonly notRepeatable = new Set<string>();

	/** Calls that were sent again after each HTTP status or network fault. */
	readonly repeatedAfter = new Map<string, number>();

	tokenRequests = 0;

	tokenRefusals = 0;

	reusedTokens = 0;

	/** Milliseconds that all token requests took together. */
	tokenRequestMs = 0;

	/** Calls and token requests that waited for the limit of requests a minute. */
	waits = 0;

	/** Milliseconds that they waited together. */
	waitMs = 0;

	/** The limit for which requests waited last. */
	perMinute = 0;

	/** Milliseconds of all pauses before something was sent again. */
	pauseMs = 0;

	/** Items whose calls came to nothing. */
	failedItems = 0;

	/** Faults of logins, which are told as such. */
	private readonly faultsOfLogins = new WeakSet<Error>();

	/** The codes with which calls came to nothing, each told once. */
	private readonly toldCodes = new Set<string>();

	/** Requests that wait now. */
	waiting = 0;

	/** Milliseconds until the first token of the run expires; `null`: none tells. */
	private leastLifetimeMs: number | null = null;

	/** Milliseconds for which logins are refused here, since the vendor refused one; `null`: they are not. */
	private lockedMs: number | null = null;

	/** Whether the login went without the proxy that the node names for its calls. */
	isLoginWithoutProxy = false;

	private isRemarkTold = false;

	/** The vendor's name in messages. */
	readonly vendor: string;

	private readonly fields: LogFields;

	constructor(private readonly run: ReportedRun) {
		const { provider, credential, place } = run;
		this.vendor = provider.displayName;
		this.fields = {
			vendor: this.vendor,
			...(credential?.name !== undefined && { credential: credential.name }),
			...(credential?.id && { credentialId: credential.id }),
			...place,
		};
	}

	/** One request for a token was sent, and took so many milliseconds. */
	tokenRequested(ms: number): void {
		this.tokenRequests += 1;
		this.tokenRequestMs += ms;
	}

	/** A login gave a token after so many milliseconds, its waits included. @param now Unix milliseconds */
	tokenReceived({ expiresAt, remark }: AccessToken, ms: number, now: number): void {
		const lifetime = expiresAt === null || !Number.isFinite(expiresAt) ? null : expiresAt - now;
		this.noteLifetime(lifetime);
		this.line('info', 'Token received', {
			ms: Math.round(ms),
			...(lifetime !== null && { expiresInSeconds: Math.round(lifetime / 1000) }),
		});
		if (remark === undefined || this.isRemarkTold) return;
		this.isRemarkTold = true;
		this.line('warn', 'Lifetime of the token is odd', { remark });
	}

	/** A login came to nothing. */
	tokenFailed(error: unknown, ms: number): void {
		if (error instanceof Error) this.faultsOfLogins.add(error);
		const isRefusal = error instanceof VendorError && error.credentialRejected;
		if (isRefusal) this.tokenRefusals += 1;
		this.line('warn', isRefusal ? 'Login refused' : 'Token request failed', {
			...codesOf(error),
			ms: Math.round(ms),
		});
	}

	/** A token from memory serves another call. @param now Unix milliseconds */
	tokenReused({ expiresAt }: AccessToken, now: number): void {
		this.reusedTokens += 1;
		if (expiresAt !== null && Number.isFinite(expiresAt)) this.noteLifetime(expiresAt - now);
	}

	/** No login was sent, since one was refused before. */
	loginLocked(remainingMs: number): void {
		if (this.lockedMs === null) {
			this.line('warn', 'No login: one was refused before', {
				remainingSeconds: Math.ceil(remainingMs / 1000),
			});
		}
		this.lockedMs = Math.max(this.lockedMs ?? 0, remainingMs);
	}

	/** The login goes another way than the calls, whose proxy the node names. Told once, before it is sent. */
	loginWithoutProxy(): void {
		if (this.isLoginWithoutProxy) return;
		this.isLoginWithoutProxy = true;
		this.line('warn', 'Login goes without the proxy of the node', {});
	}

	/** A kept token is given up. */
	tokenDropped(reason: 'refused' | 'outdated'): void {
		this.line('info', 'Token given up', { reason });
	}

	/** The service was told that a session is over, and answered. */
	loggedOut(httpStatus: number): void {
		this.line('debug', 'Logged out', { httpStatus });
	}

	/** A session could not be ended. */
	logoutFailed(error: unknown): void {
		this.line('info', 'Logout failed', codesOf(error));
	}

	/** A call goes out. */
	callSent(method: string): void {
		this.calls += 1;
		if (!IDEMPOTENT_METHODS.includes(method)) this.notRepeatable.add(method);
	}

	/** A call is sent again after a pause. @param after the outcome that was not good enough */
	callRepeated(after: unknown, attempt: number, pauseMs: number): void {
		this.repeatedCalls += 1;
		this.pauseMs += pauseMs;
		const { code = 'another token' } = codesOf(after);
		this.repeatedAfter.set(code, (this.repeatedAfter.get(code) ?? 0) + 1);
		this.line('debug', 'Call repeated', { code, attempt, pauseMs: Math.round(pauseMs) });
	}

	/** A token request is sent again after a pause. */
	tokenRequestRepeated(after: unknown, pauseMs: number): void {
		this.pauseMs += pauseMs;
		const fields = { ...codesOf(after), pauseMs: Math.round(pauseMs) };
		this.line('info', 'Token request repeated', fields);
	}

	/** The call of an item came to nothing. Of many with one code the first is told; {@link ended} counts them. */
	itemFailed(error: unknown): void {
		if (error instanceof CanceledError) return;
		this.failedItems += 1;
		const isOfLogin = error instanceof VendorError && error.credentialRejected;
		if (isOfLogin || (error instanceof Error && this.faultsOfLogins.has(error))) return;
		if (!(error instanceof VendorError || error instanceof NetworkError)) return;
		const fields = codesOf(error);
		const code = fields.code ?? '';
		if (this.toldCodes.has(code)) return;
		this.toldCodes.add(code);
		this.line('warn', error instanceof VendorError ? 'Call refused' : 'Call failed', fields);
	}

	/** A request begins to wait for this limit. @returns what is to be called when it has waited */
	waitBegins(perMinute: number): (waitedMs: number) => void {
		this.perMinute = perMinute;
		this.waits += 1;
		this.waiting += 1;
		return (ms) => {
			this.waiting -= 1;
			this.waitMs += ms;
			if (ms > LONG_WAIT_MS) {
				this.line('debug', 'Waited for the limit of requests a minute', { ms: Math.round(ms) });
			}
		};
	}

	/** How far a long run has come. */
	progress(done: number, total: number): void {
		this.line('info', 'Run goes on', {
			done,
			total,
			...(this.waiting > 0 && { waiting: this.waiting }),
			...(this.repeatedCalls > 0 && { repeated: this.repeatedCalls }),
		});
	}

	/** Says, before it happens, how long the limit will make a run take. */
	longRunAhead(requests: number, perMinute: number): void {
		this.line('warn', 'Run will take long at this limit of requests a minute', {
			requests,
			requestsPerMinute: perMinute,
			minutes: Math.ceil(requests / perMinute),
		});
	}

	/** What became of a run of so many items, after so many milliseconds. */
	ended(items: number, ms: number): void {
		this.line('info', 'Run ended', {
			items,
			failed: this.failedItems,
			calls: this.calls,
			logins: this.tokenRequests,
			...(this.tokenRefusals > 0 && { refusedLogins: this.tokenRefusals }),
			...(this.reusedTokens > 0 && { reusedTokens: this.reusedTokens }),
			...(this.repeatedCalls > 0 && { repeated: this.repeatedCalls }),
			...(this.waits > 0 && { limitWaits: this.waits, limitWaitMs: Math.round(this.waitMs) }),
			...(this.pauseMs > 0 && { pauseMs: Math.round(this.pauseMs) }),
			ms: Math.round(ms),
		});
	}

	/** The numbers of the run, by the names under which n8n stores them and puts them on the node's span. */
	get tracing(): Record<string, number> {
		const { lockedMs, leastLifetimeMs } = this;
		const seconds = (ms: number) => Math.max(0, Math.round(ms / 1000));
		return {
			calls: this.calls,
			'calls.repeated': this.repeatedCalls,
			'token.requests': this.tokenRequests,
			'token.refusals': this.tokenRefusals,
			'token.reused': this.reusedTokens,
			...(this.tokenRequests > 0 && { 'token.request_ms': Math.round(this.tokenRequestMs) }),
			...(this.waits > 0 && { 'wait.rate_limit_ms': Math.round(this.waitMs) }),
			...(leastLifetimeMs !== null && { 'token.expires_in_s': seconds(leastLifetimeMs) }),
			...(lockedMs !== null && { 'lock.remaining_s': Math.ceil(lockedMs / 1000) }),
		};
	}

	private noteLifetime(ms: number | null): void {
		if (ms !== null) this.leastLifetimeMs = Math.min(this.leastLifetimeMs ?? Infinity, ms);
	}

	private line(level: keyof Log, text: string, more: LogFields): void {
		this.run.log[level](`Token providers: ${text}`, { ...this.fields, ...more });
	}
}

/** The vendor's code, the HTTP status or the network fault of an outcome, as far as it has one. */
function codesOf(outcome: unknown): { code?: string; httpStatus?: number } {
	if (outcome instanceof VendorError) {
		return {
			...(outcome.vendorCode !== null && { code: outcome.vendorCode }),
			...(outcome.httpStatus !== null && { httpStatus: outcome.httpStatus }),
		};
	}
	if (outcome instanceof NetworkError || outcome instanceof ProviderError) {
		return outcome.vendorCode === null ? {} : { code: outcome.vendorCode };
	}
	return typeof outcome === 'number' ? { code: String(outcome), httpStatus: outcome } : {};
}
