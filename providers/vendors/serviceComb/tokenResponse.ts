import { VendorError } from '../../kit/errors';
import { isWebPage } from '../../kit/json';
import { readClaims, timeClaim } from '../../kit/jwt';
import type { AccessToken, Environment, HttpResponse } from '../../kit/provider';
import {
	foreignResponse,
	readJsonObject,
	readTokenText,
	statusDetails,
	wantsTls,
} from '../../kit/vendorResponse';
import type { ServiceCombCredentials } from './credentials';
import { readEngineError } from './engineError';
import { isSigned } from './publicKey';

const NAME = 'ServiceComb';

interface Refusal {
	message: string;
	/** What the user can do. */
	description: string;
}

const WRONG_LOGIN: Refusal = {
	message: 'ServiceComb refused the name or the password',
	description:
		'Correct the Account Name and the Password of the credential before you run this again. The login was not retried, since wrong logins block the account from this address.',
};

/** By the `errorCode` of the response. */
const REFUSALS = new Map<string, Refusal>([
	['401202', WRONG_LOGIN],
	// An engine that guards its accounts alone.
	['401302', WRONG_LOGIN],
	[
		'403201',
		{
			message: 'ServiceComb has blocked this account from this address',
			description:
				'There were too many wrong logins. Check who else uses the account, perhaps with an old password.',
		},
	],
	[
		'400001',
		{
			message: 'ServiceComb could not read the login',
			description:
				'Check the Account Name and the Password of the credential, and the Token Expiration Time if one is set.',
		},
	],
	[
		'500003',
		{
			message: 'ServiceComb met an internal fault',
			description: 'Try again later; if this continues, ask the person who runs the engine.',
		},
	],
]);

/**
 * The token in a response, whose signature is verified where the credential has a public key.
 * @throws {VendorError} when there is none, or it was not signed with that key
 */
export async function readTokenResponse({
	credentials: { publicKey },
	response,
	env: { now },
}: {
	credentials: ServiceCombCredentials;
	response: HttpResponse;
	env: Environment;
}): Promise<AccessToken> {
	if (response.status >= 400) throw tokenRefusal(response, now());
	const parsed = readJsonObject(NAME, response, now());
	const advice = 'Check that the Base URL of the credential leads to a ServiceComb engine.';
	const token = readTokenText(NAME, parsed.token, response, now(), advice);
	const claims = readClaims(token);
	const expiresAt = timeClaim(claims, 'exp');
	if (publicKey !== null) {
		if (!(await isSigned(token, publicKey))) throw notSigned(response, now());
		if (expiresAt !== null && expiresAt <= now()) throw expired(response, now());
	}
	return { token, issuedAt: null, expiresAt, claims };
}

function expired(response: HttpResponse, now: number): VendorError {
	return new VendorError('ServiceComb sent a token that has already expired', {
		...statusDetails(response, now),
		description: 'Check the clocks of the engine and of the machine n8n runs on.',
	});
}

function notSigned(response: HttpResponse, now: number): VendorError {
	return new VendorError("The token was not signed with this engine's key, so it is not used", {
		...statusDetails(response, now),
		isForeign: true,
		description:
			"Compare the Public Key of the credential with the engine's own, and check that the Base URL leads to the engine you mean.",
	});
}

/**
 * Why a response under a status of 400 and above holds no token; it may be plain text. Any 401 or 403
 * counts as a refused credential, but for a web page: an engine sends none.
 * @param now Unix milliseconds
 */
function tokenRefusal(response: HttpResponse, now: number): VendorError {
	const isPage = isWebPage(response.body) && response.status !== 404;
	if (isPage || wantsTls(response)) return foreignResponse(NAME, response, now);
	const details = statusDetails(response, now);
	const { errorCode, label, said } = readEngineError(response);
	const code = errorCode ?? String(response.status);
	const { message, description } = REFUSALS.get(code) ?? refusalByStatus(response.status, details);
	return new VendorError(`${message} (${label})${said}`, {
		...details,
		vendorCode: code,
		said: [said],
		credentialRejected: response.status === 401 || response.status === 403,
		isForeign: response.status === 404,
		description,
	});
}

function refusalByStatus(status: number, { isTransient }: { isTransient: boolean }): Refusal {
	if (isTransient) {
		return {
			message: 'ServiceComb cannot issue a token at the moment',
			description: 'Try again later.',
		};
	}
	if (status === 401 || status === 403) {
		return {
			message: 'ServiceComb refused the login',
			description:
				'Check the Account Name, the Password and the Base URL of the credential. The login was not retried, since wrong logins block the account.',
		};
	}
	if (status === 404) {
		return {
			message: 'There is no ServiceComb token endpoint at this base URL',
			description:
				'Check the Base URL of the credential. If it is correct, security authentication is not enabled on this engine: then it issues no tokens, and calls need none.',
		};
	}
	return {
		message: 'ServiceComb did not issue a token',
		description:
			'Check the Base URL of the credential; if it is correct, ask the person who runs the engine.',
	};
}
