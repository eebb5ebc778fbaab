import { createHash } from 'node:crypto';

import { Deadline } from '../http/deadline';
import { CanceledError, VendorError } from '../kit/errors';
import { tokenRulesOf, type AccessToken, type Credentials, type Provider } from '../kit/provider';
import type { Place } from '../limit/rateLimit';
import type { Engine } from './engine';
import { assertLoginMayGo } from './hosts';
import { sessionEnd } from './logout';
import { checkToken, needsCheck } from './tokenCheck';
import type { TokenKey, TokenUse } from './tokenSource';
import { requestVendor, type VendorRequestOptions } from './vendorRequest';

/** How a token is got: from memory if that is allowed, else by a token request. */
export interface TokenRequestOptions extends VendorRequestOptions {
	use: TokenUse;
	/** What is asked of the token; each vendor has its own. */
	options: object;
	/** How the vendor is reached, where the call itself says so: its tokens serve no other route. */
	route?: object;
	/** Stands for the run of a node with all its items. */
	run?: object;
	/** Whether a token request is made although one was refused before. */
	isTest?: boolean;
	/** Milliseconds that are waited at most for a login that another call makes. */
	maxWaitMs?: number;
	/** Whether the response to the call is judged, so that the end of a token is noticed by it. */
	isResponseSeen?: boolean;
}

function hash(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** By provider and credential: an item's call needs it several times. */
const keys = new WeakMap<Credentials, Map<string, string>>();

/** Names a credential by everything it holds, the secret included, and reveals nothing of it. */
export function credentialKey({ type }: Provider, credentials: Credentials): string {
	const byType = keys.get(credentials) ?? new Map<string, string>();
	keys.set(credentials, byType);
	const key = byType.get(type) ?? hash([type, credentials]);
	byType.set(type, key);
	return key;
}

/** Names the tokens of a credential that are asked for in one way, and the account they are for. */
export function tokenKeyOf(
	provider: Provider,
	credentials: Credentials,
	options: object = {},
	route: object = {},
): TokenKey {
	const credential = credentialKey(provider, credentials);
	const account = provider.accountOf?.(credentials) ?? null;
	return {
		credential,
		options: hash([options, route]),
		...(account !== null && {
			account: hash([provider.type, account.name]),
			secret: hash([provider.type, account.name, account.secret]),
		}),
	};
}

/**
 * A token for these credentials, from memory or from the vendor.
 * @throws {ProviderError} scrubbed of every secret
 */
export async function getAccessToken(
	engine: Engine,
	provider: Provider,
	credentials: Credentials,
	how: TokenRequestOptions,
): Promise<AccessToken> {
	const { options, place, signal, run, report, isTest = false } = how;
	const { runtime, tokenSource } = engine;
	const key = tokenKeyOf(provider, credentials, options, how.route);
	const rules = tokenRulesOf(provider, credentials);
	const use = rules.oneSession === true ? 'reuse' : how.use;
	const endSession = sessionEnd(engine, provider, credentials, how);

	let isOwn = false;
	const patience = patienceOf(engine, how);
	/** @param ofRequest others may go on waiting for the request when this one has left */
	const requestToken = async (stop: AbortSignal, ofRequest: Place, isAhead = false) => {
		isOwn = true;
		patience?.start(OWN_LOGIN_MS);
		const startedAt = runtime.elapsed();
		try {
			const made = await provider.makeToken?.({ credentials, env: runtime });
			if (made !== undefined && made !== null) return made;
			const businessRequestFollows = how.businessRequestFollows && !isAhead;
			const requested = { ...how, place: ofRequest, signal: stop, businessRequestFollows };
			const took = () => runtime.elapsed() - startedAt;
			const token = await logIn(engine, provider, credentials, requested).catch(
				(error: unknown) => {
					if (!(error instanceof CanceledError)) report?.tokenFailed(error, took());
					throw error;
				},
			);
			report?.tokenReceived(token, took(), runtime.now());
			if (!isAhead) place.takeFrom(ofRequest);
			return token;
		} finally {
			ofRequest.leave();
		}
	};
	if (use === 'reuse' && !isTest) {
		// Room for the call comes first, so that no token grows old in line.
		await place.keep(1, signal);
		let kept = tokenSource.stillGood(key);
		const check = { ...how, key, endSession };
		const mayWait = how.maxWaitMs === undefined;
		if (kept !== null && mayWait && needsCheck(engine, provider, credentials, check, kept)) {
			place.giveBack();
			await checkToken(engine, provider, credentials, check, kept);
			await place.keep(1, signal);
			kept = tokenSource.stillGood(key);
		}
		if (kept !== null) {
			const ahead = async (stop: AbortSignal) => await requestToken(stop, place.again(), true);
			tokenSource.renewAhead({ key, use, run, isTest, rules, endSession, requestToken: ahead });
			report?.tokenReused(kept, runtime.now());
			return kept;
		}
	}
	// Kept room would be waited for by others, one of whom may make the token request that this waits for.
	place.giveBack();
	const wanted = {
		key,
		use,
		signal: patience?.signal ?? signal,
		run,
		isTest,
		rules,
		endSession,
		requestToken: async (stop: AbortSignal) => await requestToken(stop, place.again()),
	};
	const token = await tokenSource
		.get(wanted)
		.catch((error: unknown) => {
			if (patience?.isOver === true && error instanceof CanceledError) throw othersLogin();
			if (error instanceof VendorError && error.lockedForMs !== null) {
				report?.loginLocked(error.lockedForMs);
			}
			throw error;
		})
		.finally(() => patience?.end());
	if (!isOwn) report?.tokenReused(token, runtime.now());
	return token;
}

/** Longer than any login takes, which has a limit of its own. */
const OWN_LOGIN_MS = 300_000;

/** The end of waiting for a login that another call makes; `null`: it is waited for. */
function patienceOf({ runtime }: Engine, { maxWaitMs, signal }: TokenRequestOptions) {
	return maxWaitMs === undefined ? null : new Deadline(runtime.timer, maxWaitMs, signal);
}

const othersLogin = () =>
	new VendorError('The login of another call takes long', {
		description: 'Try again in a few seconds.',
		forCaller: 'Another call is still logging in to the service. Try again in a few seconds.',
		isTransient: true,
	});

/** Notes that a token is used by calls that nobody sees, so that its session is not ended. */
export function handOutSession(
	{ sessions }: Engine,
	provider: Provider,
	credentials: Credentials,
	token: AccessToken,
): void {
	if (tokenRulesOf(provider, credentials).logsOut !== true) return;
	sessions.handOut(credentialKey(provider, credentials), token);
}

/** Makes the requests of a login, of which most have one, until the last has the token. */
async function logIn(
	engine: Engine,
	provider: Provider,
	credentials: Credentials,
	how: TokenRequestOptions,
): Promise<AccessToken> {
	const { options } = how;
	const env = engine.runtime;
	for (let current = credentials; ; ) {
		let prepared = current;
		const outcome = await requestVendor(engine, provider, how, {
			request: async () => {
				prepared = (await provider.prepare?.({ credentials: current, env })) ?? current;
				const asked = provider.tokenRequest({ credentials: prepared, options, env });
				assertLoginMayGo(credentials, asked.url);
				return asked;
			},
			read: async (response) => {
				const next = provider.nextOfLogin?.({ credentials: prepared, response, env }) ?? null;
				if (next !== null) return { next };
				const of = { credentials: prepared, options, response, env };
				return { token: await provider.readTokenResponse(of) };
			},
			secrets: provider.secretsOf({ credentials: current, options }),
		});
		if (outcome.token !== undefined) return outcome.token;
		current = outcome.next;
	}
}
