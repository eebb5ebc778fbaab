import { bearerHeader } from '../kit/bearer';
import { readConnection } from '../kit/connectionFields';
import {
	allowedDomains,
	optionalText,
	requiredBaseUrl,
	requiredText,
} from '../kit/credentialFields';
import { isSigned, readPublicKey } from './publicKey';
import { InputError, VendorError } from '../kit/errors';
import { readClaims, timeClaim } from '../kit/jwt';
import type { Credentials, HttpResponse, Provider } from '../kit/provider';
import { businessRefusal } from './businessRefusal';
import { tokenRefusal } from './tokenRefusal';
import { readTokenLifetime } from './tokenLifetime';
import { readJsonObject, readTokenText, statusDetails } from '../kit/vendorResponse';

export const SERVICE_COMB_TOKEN_PATH = '/v4/token';

interface ServiceCombCredentials extends Credentials {
	name: string;
	password: string;
	/** SPKI in PEM; `null`: tokens are not verified. */
	publicKey: string | null;
}

/** What can be asked of a ServiceComb token. */
export interface ServiceCombTokenOptions {
	/** A Go duration from `15m` to `24h`; without it the engine's default, 12 hours. */
	tokenExpirationTime?: string;
}

const NAME = 'ServiceComb';

/** The engine gives back one wrong login in this time. */
const FORGIVEN_AFTER_MS = 900_000;

/**
 * An exclusive ServiceComb engine, "Obtaining the User Token", and the open-source Service Center.
 *
 * Token request: `POST <base URL>/v4/token` with `name`, `password` and, if wanted, `tokenExpirationTime`;
 * the response is `{token}`, an RS512 JWT with the claims `account`, `roles` and `exp`, but no `iat`.
 * Otherwise it is `{errorCode, errorMessage, detail}`, whose code begins with the HTTP status, or
 * plain text. Business calls carry `Authorization: Bearer <token>`, with one space.
 *
 * The fourth wrong login blocks the account from that address; one is forgiven in 15 minutes.
 */
export const serviceComb: Provider<ServiceCombCredentials, ServiceCombTokenOptions> = {
	type: 'serviceCombApi',
	displayName: NAME,
	summary: 'Huawei Cloud CSE, Apache ServiceComb: header Authorization',
	callUrl: {
		example: '/v4/default/registry/microservices',
		hint: 'A path below the Base URL of the credential is enough',
	},
	needsToken: true,
	requestsPerMinute: 0,
	reusesTokens: true,
	locksAccounts: true,
	refusalMemoryMs: FORGIVEN_AFTER_MS,
	tokenMayGoAnywhere: false,

	readCredentials(data) {
		return {
			baseUrl: requiredBaseUrl(
				data,
				'https://engine.example:30100',
				SERVICE_COMB_TOKEN_PATH,
				'/v4',
			),
			allowedDomains: allowedDomains(data),
			...readConnection(data),
			name: requiredText(data, 'name', 'Account Name'),
			password: requiredText(data, 'password', 'Password'),
			publicKey: readOptionalKey(data),
		};
	},

	secretsOf: ({ password }) => [password],

	tokenRequest({ baseUrl, name, password }, options) {
		const tokenExpirationTime = readTokenLifetime(options.tokenExpirationTime);
		return {
			method: 'POST',
			url: `${baseUrl}${SERVICE_COMB_TOKEN_PATH}`,
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ name, password, tokenExpirationTime }),
		};
	},

	async readTokenResponse({ publicKey }, _options, response, { now }) {
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
	},

	tokenHeader: bearerHeader,

	authorize(_credentials, token) {
		const { name, value } = bearerHeader(token);
		return { headers: { [name]: value } };
	},

	readBusinessResponse: (_credentials, response, { now }) => businessRefusal(response, now()),
};

function readOptionalKey(data: Record<string, unknown>): string | null {
	const text = optionalText(data, 'publicKey');
	if (text === '') return null;
	const publicKey = readPublicKey(text);
	if (publicKey !== null) return publicKey;
	throw new InputError('The Public Key of the credential is not an RSA public key in PEM', {
		description:
			'Paste the whole key of at least 2048 bits, from "-----BEGIN PUBLIC KEY-----" to "-----END PUBLIC KEY-----", or leave the field empty: then tokens are not verified.',
	});
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
