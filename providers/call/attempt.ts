import type { Certificates } from '../http/certificates';
import { Deadline } from '../http/deadline';
import { exchange } from '../http/exchange';
import type { RequestSpec } from '../http/requestSpec';
import type { Response } from '../http/response';
import { TimeBudget, withRetries, type Outcome } from '../http/retry';
import { sendVia, type Send } from '../http/transport';
import { NetworkError, ProviderError, VendorError, tryAgain } from '../kit/errors';
import { tokenRulesOf, type AccessToken } from '../kit/provider';
import { IDEMPOTENT_METHODS, readRetryAfter, waitAfterFault, type Wait } from '../kit/retryPolicy';
import type { Ending } from '../limit/adaptiveConcurrency';
import { endingOfBusy } from '../limit/ending';
import { holdSlot, inSlot } from '../limit/inSlot';
import type { Place } from '../limit/rateLimit';
import { Slot } from '../limit/slots';
import { getAccessToken, tokenKeyOf } from '../tokens/accessToken';
import { placeFor } from '../tokens/credentialPlace';
import { assertTokenMayGo } from '../tokens/hosts';
import { sessionEnd } from '../tokens/logout';
import type { EndSession } from '../tokens/sessions';
import { assertNoLogin } from './loginAddress';
import type { TokenKey } from '../tokens/tokenSource';
import { authorizeSpec } from './authorizeSpec';
import type { CallContext } from './callContext';
import { callCarriesSecret } from './carriesSecret';
import { becomesOutput, judge, type Verdict } from './verdict';

/** What the HTTP Request node waits for a response to begin; here also for its end. */
const DEFAULT_TIMEOUT_MS = 300_000;

/** Milliseconds that a call waits in all, for which a model asked: it is told to try again instead. */
const MODEL_WAIT_MS = 5_000;

const OWN_PROXY =
	'The token request was not sent by way of the "Proxy" of the node: where it needs one, set "Proxy" in the credential.';

const OWN_AUTHORITY =
	'The certificate authority of "SSL Certificates" counts for the calls of the node alone. For the login, n8n itself has to trust it (NODE_EXTRA_CA_CERTS), or the credential has to ignore SSL issues.';

/** What a call carries that needs no token. */
const NO_TOKEN: AccessToken = { token: '', issuedAt: null, expiresAt: null, claims: null };

/** What one attempt came to. */
export interface Attempt {
	/** What the call carried; an empty token for a signed one. */
	token: AccessToken;
	/** Says that the call needs its token no more. */
	release: () => void;
	endSession: EndSession;
	/** What was sent, before it was authorized. */
	spec: RequestSpec;
	response: Response;
	verdict: Verdict;
	/** How often the call was sent. */
	tries: number;
}

/**
 * Sends a call with a token, and again while the service is busy or the connection breaks, as far as
 * that repeats nothing. Each attempt has a token, a nonce and a timestamp of its own.
 * @param sameToken what it carries, where it is to be no other one
 */
export async function attemptCall(
	call: CallContext,
	spec: RequestSpec,
	sameToken?: AccessToken,
): Promise<Attempt> {
	const { options, provider, credentials, signal, helpers, report } = call;
	const { runtime } = call.engine;
	assertTokenMayGo(provider, credentials, spec.uri);
	if (options.forModel === true) assertNoLogin(provider, credentials, spec);
	// A call that cannot be authorized is found out before a token is fetched for it.
	authorizeSpec(call, spec, NO_TOKEN);

	const place = placeFor(call.engine, provider, credentials, {
		perMinute: options.requestsPerMinute,
		maxWaitMs: options.forModel === true ? MODEL_WAIT_MS : undefined,
		onWait: () => report.waitBegins(options.requestsPerMinute),
	});
	const send = tokenRequestVia(call);
	const endSession = sessionEnd(call.engine, provider, credentials, { send, place, report });
	let isTokenFetched = false;
	let attempts = 1;
	const attemptIn = async (slot: Slot): Promise<Attempt> => {
		isTokenFetched = false;
		let isAnswered = false;
		let release = () => {};
		try {
			const token =
				sameToken ?? (provider.tokens.needed ? await tokenFor(call, place, slot) : NO_TOKEN);
			isTokenFetched = true;
			if (sameToken === undefined) release = holdSession(call, token, endSession);
			const sendCall = async () => {
				const ms = options.timeout ?? DEFAULT_TIMEOUT_MS;
				const deadline = new Deadline(runtime.timer, ms, signal);
				report.callSent(spec.method);
				return await exchange(helpers, authorizeSpec(call, spec, token), options, deadline);
			};
			const response = await place.use(async () => await slot.timed(sendCall), signal);
			const verdict = await judge(call, response);
			if (becomesOutput(call, response, verdict.refusal)) await call.consume(response);
			isAnswered = true;
			return { token, release, endSession, spec, response, verdict, tries: attempts };
		} finally {
			if (!isAnswered) release();
			place.giveBack();
		}
	};
	const attempt = async () => {
		const slot = (await call.pace?.enter(spec.uri, signal)) ?? Slot.NONE;
		return await holdSlot(slot, async () => await attemptIn(slot), endingOf);
	};
	try {
		return await withRetries(attempt, {
			maxRetries: options.maxRetries,
			budget: options.forModel === true ? new TimeBudget(MODEL_WAIT_MS) : undefined,
			waitBeforeRetry: (outcome) =>
				isTokenFetched ? waitBeforeNextAttempt(call, spec, outcome) : null,
			pause: runtime.pause,
			signal,
			onRetry: (outcome, pauseMs) => {
				attempts += 1;
				report.callRepeated(reasonOf(outcome), attempts, pauseMs);
				if (!('value' in outcome)) return;
				outcome.value.response.body.discard();
				outcome.value.release();
			},
		});
	} finally {
		place.leave();
	}
}

/** What an attempt tells about how many calls the service takes at once. */
const endingOf = ({ response, verdict }: Attempt): Ending =>
	verdict.kind === 'busy' ? endingOfBusy(response.statusCode) : 'answered';

/** Why a call is sent again: the vendor's refusal, else the HTTP status, or what was thrown. */
function reasonOf(outcome: Outcome<Attempt>): unknown {
	if ('error' in outcome) return outcome.error;
	return outcome.value.verdict.refusal ?? outcome.value.response.statusCode;
}

/** A token that was got with another client certificate must not turn up in calls that did not ask for that. */
function tokenRoute(call: CallContext): object {
	return call.options.certificates === call.credentials.certificates
		? {}
		: { certificates: loginCertificates(call) };
}

/** Names the token of a call. */
export function tokenKey(call: CallContext): TokenKey {
	return tokenKeyOf(call.provider, call.credentials, {}, tokenRoute(call));
}

/**
 * The client certificate of the node, which the login shows as well. An authority that a workflow brings is not
 * trusted with the secret of the credential.
 */
function loginCertificates({ options: { certificates }, credentials }: CallContext): Certificates {
	if (certificates === undefined || certificates === credentials.certificates) return certificates;
	const { cert, key, passphrase } = certificates;
	return cert === undefined && key === undefined ? undefined : { cert, key, passphrase };
}

/** How the token request is sent: as the credential says, whatever the node says of its calls. */
function tokenRequestVia(call: CallContext): Send {
	const { helpers, credentials, options } = call;
	const { allowUnauthorizedCerts, proxy } = credentials;
	const certificates = loginCertificates(call);
	const send = sendVia(helpers, { allowUnauthorizedCerts, proxy, certificates });
	const isWithoutProxy = options.proxy !== undefined && proxy === undefined;
	const hasAuthority = options.certificates?.ca !== undefined;
	if (!isWithoutProxy && !hasAuthority) return send;
	return async (...sent) => {
		if (isWithoutProxy) call.report.loginWithoutProxy();
		return await send(...sent).catch((error: unknown) => {
			if (!(error instanceof NetworkError)) throw error;
			const isUntrusted = hasAuthority && error.wasNotSent && !error.isTransient;
			if (isUntrusted) throw error.withAdvice(OWN_AUTHORITY);
			throw isWithoutProxy ? error.withAdvice(OWN_PROXY) : error;
		});
	};
}

async function tokenFor(call: CallContext, place: Place, slot: Slot): Promise<AccessToken> {
	const { engine, provider, credentials, options, signal } = call;
	const token = await getAccessToken(engine, provider, credentials, {
		use: call.tokenUse,
		run: call.run,
		options: {},
		route: tokenRoute(call),
		...inSlot(slot, tokenRequestVia(call), call.tokenUse === 'reuse'),
		timeout: options.timeout,
		// The waits between logins are longer than a model is made to wait.
		maxRetries: options.forModel === true ? 0 : options.maxRetries,
		maxWaitMs: options.forModel === true ? MODEL_WAIT_MS : undefined,
		place,
		businessRequestFollows: true,
		isResponseSeen: true,
		signal,
		report: call.report,
	}).catch((error: unknown) => {
		throw asLoginFault(error);
	});
	for (const secret of [token.token, ...Object.values(token.extra ?? {})]) call.secrets.add(secret);
	return token;
}

/** @returns what is to be called when the call needs its token no more */
function holdSession(call: CallContext, token: AccessToken, endSession: EndSession): () => void {
	const { engine, provider, credentials } = call;
	if (tokenRulesOf(provider, credentials).logsOut !== true) return () => {};
	const { credential } = tokenKey(call);
	engine.sessions.hold(credential, token);
	return () => engine.sessions.release(credential, token, endSession);
}

/** Why a login failed concerns the owner of the credential, and not a model that calls the tool. */
function asLoginFault(error: unknown): unknown {
	if (!(error instanceof ProviderError) || error.forCaller !== undefined) return error;
	const { credentialRejected = false, retryAfterMs = null } =
		error instanceof VendorError ? error : {};
	const next = credentialRejected ? 'Another try does not help.' : tryAgain(retryAfterMs);
	error.forCaller = `The login to the service did not succeed, so no call was made. ${next}`;
	return error;
}

function waitBeforeNextAttempt(
	call: CallContext,
	spec: RequestSpec,
	outcome: Outcome<Attempt>,
): Wait {
	const mayRepeat =
		IDEMPOTENT_METHODS.includes(spec.method) || call.options.retryNonIdempotent
			? () => !callCarriesSecret(call, spec)
			: () => false;
	if ('error' in outcome) return waitAfterFault(outcome.error, mayRepeat());
	const { response, verdict } = outcome.value;
	if (verdict.kind !== 'busy') return null;
	// The service says that it did not carry out the call.
	const isLimited = response.statusCode === 429 && !callCarriesSecret(call, spec);
	if (!isLimited && !mayRepeat()) return null;
	return readRetryAfter(response.headers, call.engine.runtime.now()) ?? 'back-off';
}
