import {
	LoggerProxy,
	type ICredentialDataDecryptedObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
} from 'n8n-workflow';

import { InputError, NetworkError, ProviderError, VendorError } from '../kit/errors';
import { tokenRulesOf, type AccessToken, type Credentials, type Provider } from '../kit/provider';
import { getAccessToken, handOutSession, tokenKeyOf } from '../tokens/accessToken';
import { RunReport } from '../tokens/runReport';
import { placeFor } from '../tokens/credentialPlace';
import type { Engine } from '../tokens/engine';
import { sessionEnd } from '../tokens/logout';
import type { EndSession } from '../tokens/sessions';
import { DEFAULT_MAX_RETRIES } from '../http/retry';
import { makeTestCall, type Judge } from './testCall';
import { sendVia } from '../http/transport';
import { withinTime } from '../http/deadline';

/** How long a test may take in all. */
const TEST_MS = 20_000;

const LATE_AFTER_LOGIN = `The login succeeded, but the service did not respond to the call that follows it: the test took more than ${TEST_MS / 1000} seconds`;

/** The time that the last request of a test gets at least, whatever is left of {@link TEST_MS}. */
const LAST_STEP_MS = 1000;

/**
 * One request of n8n with a credential, from the first hook to the last. Whether it is a test is not
 * known before the second one.
 */
export class HookSession {
	/** n8n gives them to `preAuthentication` only, and `authenticate` may need a new token. */
	helpers: IHttpRequestHelper['helpers'];

	/** The token of the request, where it came by a token request or from memory. */
	private accessToken?: AccessToken;

	/** Set while n8n is expected to ask once more, after a token request that failed. */
	fault?: { reason: unknown };

	private readonly startedAt: number;

	/** Whether a token request was made for it, so that nothing is from memory. */
	private hasAsked = false;

	/** A token request that was left to {@link token}. */
	private pending?: Promise<string>;

	/** Whether it was left since the time of a test was up. */
	private isLate = false;

	private readonly stop = new AbortController();

	/** What the token request waits for, for the message when the time of a test is up. */
	private reason: ProviderError | null = null;

	constructor(
		private readonly engine: Engine,
		private readonly provider: Provider,
		private readonly data: ICredentialDataDecryptedObject,
		helpers: IHttpRequestHelper['helpers'],
	) {
		this.helpers = helpers;
		this.startedAt = engine.runtime.elapsed();
	}

	/**
	 * Makes the call of a test. @returns what is left for n8n to request
	 * @throws {VendorError} when the service does not take the token, or something is odd about it
	 */
	async testCall(options: IHttpRequestOptions, judge: Judge): Promise<IHttpRequestOptions> {
		const late = () => tookTooLong(LATE_AFTER_LOGIN, 'Try again later.');
		const left = await withinTime(
			this.engine.runtime,
			{ ms: this.testMs, late },
			async (signal) => await makeTestCall(this.helpers.httpRequest, options, judge, signal),
		);
		const remark = this.accessToken?.remark;
		if (remark === undefined) return left;
		throw new VendorError(`The login succeeded, but ${remark}`, {
			description:
				'Correct "Lifetime" of the credential. Where it is right like that, choose "Until Refused".',
		});
	}

	/** What came with the token. */
	get extra(): Record<string, string> | undefined {
		return this.accessToken?.extra;
	}

	/** n8n sends the call itself, so the end of the token's use is not seen. */
	handOut(): void {
		const { engine, provider, accessToken } = this;
		if (accessToken === undefined) return;
		handOutSession(engine, provider, provider.readCredentials(this.data), accessToken);
	}

	/** The session that a test has begun ends with it. */
	endTest(): void {
		const { engine, provider, accessToken } = this;
		const credentials = provider.readCredentials(this.data);
		if (accessToken === undefined || !isEnded(provider, credentials)) return;
		const key = tokenKeyOf(provider, credentials);
		engine.tokenSource.endTest(key, accessToken, this.endSession(credentials));
	}

	/** n8n asks once more after a fault, which may be that of the token. */
	giveUp(token: string): void {
		const { engine, provider } = this;
		const credentials = provider.readCredentials(this.data);
		const key = tokenKeyOf(provider, credentials);
		engine.tokenSource.giveUp(key, token, 'unknown', this.endSession(credentials));
	}

	private endSession(credentials: Credentials): EndSession {
		const { engine, provider, helpers } = this;
		const perMinute = provider.limits.requestsPerMinute;
		const place = placeFor(engine, provider, credentials, { perMinute });
		place.leave();
		const send = sendVia(helpers, credentials);
		const report = new RunReport({ provider, log: LoggerProxy });
		return sessionEnd(engine, provider, credentials, { send, place, report });
	}

	/** What is left of the time of a test. */
	private get testMs(): number {
		const taken = this.engine.runtime.elapsed() - this.startedAt;
		return Math.max(LAST_STEP_MS, TEST_MS - taken);
	}

	/**
	 * A token, if it comes within the time of a test and is none of what a test would not take; else
	 * `null`, and {@link token} goes on.
	 */
	async tokenInTime(): Promise<string | null> {
		const pending = this.requestToken(false, this.stop.signal);
		pending.catch(() => {});
		const late = () => new LeftToAuthenticate();
		const limit = { ms: this.testMs, late };
		return await withinTime(this.engine.runtime, limit, async () => await pending).catch(
			(reason: unknown) => {
				this.isLate = reason instanceof LeftToAuthenticate;
				const isFinal = this.hasAsked || reason instanceof InputError;
				if (isFinal && !this.isLate) throw this.failed(reason);
				this.pending = pending;
				return null;
			},
		);
	}

	/** The token of the request that is sent now. @throws an error whose message alone says all */
	async token(kept: string, isTest: boolean): Promise<string> {
		const { pending } = this;
		delete this.pending;
		try {
			if (isTest && this.isLate) throw this.late();
			if (isTest && !this.hasAsked) return await this.testToken();
			return kept || (await (pending ?? this.requestToken(false, this.stop.signal)));
		} catch (reason) {
			throw this.failed(reason);
		}
	}

	private async testToken(): Promise<string> {
		const limit = { ms: this.testMs, late: () => this.late() };
		return await withinTime(
			this.engine.runtime,
			limit,
			async (signal) => await this.requestToken(true, signal),
		);
	}

	private late(): ProviderError {
		this.stop.abort();
		return (
			this.reason ??
			tookTooLong(
				`The login took more than ${TEST_MS / 1000} seconds`,
				'Check that n8n can reach the Base URL, and whether the service is slow.',
			)
		);
	}

	private async requestToken(isTest: boolean, signal: AbortSignal): Promise<string> {
		const { engine, provider } = this;
		const credentials = provider.readCredentials(this.data);
		const send = sendVia(this.helpers, credentials);
		const perMinute = provider.limits.requestsPerMinute;
		const report = new RunReport({ provider, log: LoggerProxy });
		const place = placeFor(engine, provider, credentials, {
			perMinute,
			onWait: () => {
				this.reason = noRoom(perMinute);
				return report.waitBegins(perMinute);
			},
		});
		try {
			const token = await getAccessToken(engine, provider, credentials, {
				use: provider.tokens.reuse === 'never' ? 'fresh' : 'reuse',
				isTest,
				// n8n makes new helpers for each request, and so nothing tells one run from the next.
				run: engine,
				options: {},
				send: async (request, stop) => {
					this.hasAsked = true;
					this.reason = null;
					return await send(request, stop);
				},
				maxRetries: DEFAULT_MAX_RETRIES,
				place,
				businessRequestFollows: true,
				signal,
				report,
				onRetry: (reason) => (this.reason = reason instanceof ProviderError ? reason : null),
			});
			await place.useUnseen();
			this.accessToken = token;
			if (isEnded(provider, credentials)) {
				engine.sessions.hold(tokenKeyOf(provider, credentials).credential, token);
			}
			return token.token;
		} finally {
			place.leave();
		}
	}

	/** `requestWithAuthentication` asks again after any fault, that of the token request included. */
	private failed(reason: unknown): unknown {
		// The button of a Test works at once, and a later run says itself how long it still waits.
		const { withoutWait = reason } =
			this.hasAsked && reason instanceof ProviderError ? reason : { withoutWait: reason };
		const text = inOneText(withoutWait);
		this.fault = { reason: text };
		return text;
	}
}

const isEnded = (provider: Provider, credentials: Credentials) =>
	tokenRulesOf(provider, credentials).logsOut === true;

class LeftToAuthenticate extends Error {}

function tookTooLong(message: string, description: string): NetworkError {
	return new NetworkError(message, {
		vendorCode: 'ETIMEDOUT',
		description,
		isTransient: true,
		wasNotSent: false,
	});
}

function noRoom(perMinute: number): VendorError {
	return new VendorError(`The limit of ${perMinute} requests a minute is used up at the moment`, {
		description: 'Try again in a minute.',
		isTransient: true,
	});
}

/** n8n's Test button shows the message alone, so that it has to say what to do, too. */
export function inOneText(reason: unknown): unknown {
	if (!(reason instanceof ProviderError) || reason.description === undefined) return reason;
	const { message, description, vendorCode } = reason;
	// What the vendor said stands last in the message, and may end in a stop of its own.
	const said = message.trimEnd();
	const stop = /[.!?…。！？]$/.test(said) ? '' : '.';
	return Object.assign(new Error(`${said}${stop} ${description}`), { vendorCode });
}
