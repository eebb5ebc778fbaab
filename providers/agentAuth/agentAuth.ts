import {
	encryptCipherText,
	IV_LENGTH,
	SIGNATURE_FORMATS,
	signAgentAuthRequest,
	type SignatureFormat,
} from './cipher';
import { readCode } from './codes';
import { businessRefusal, readLogUUID, tokenRefusal, withLogUUID } from './refusal';
import { bearerHeader } from '../kit/bearer';
import { readConnection } from '../kit/connectionFields';
import {
	allowedDomains,
	choice,
	optionalText,
	requiredBaseUrl,
	requiredText,
} from '../kit/credentialFields';
import { InputError } from '../kit/errors';
import { isJsonObject, parsedJson, scalarText } from '../kit/json';
import { readClaims, timeClaim } from '../kit/jwt';
import type { BusinessRequest, Credentials, Provider, Surroundings } from '../kit/provider';
import { readObjectOrStatus, readTokenText } from '../kit/vendorResponse';

export const AGENT_AUTH_TOKEN_PATH = '/v2/auth';

const NONCE_LENGTH = 16;

const API_KEY = /^[0-9a-f]{64}$/i;

interface AgentAuthCredentials extends Credentials {
	agentId: string;
	/** The agent that logs in, where it is not the same. */
	bodyAgentId?: string;
	secret: string;
	/** The AES-256 key in hex. */
	apiKey: string;
	signatureFormat: SignatureFormat;
}

const NAME = 'Agent Auth';

/**
 * Agent Auth (VertexPlay), "Get Access Token".
 *
 * Token request: `POST <base URL>/v2/auth` with `agentId` and `secret` as encrypted JSON. In the vendor's
 * sample this agent is not the one of the header.
 * Every call, token requests included, is encrypted and signed in the same way:
 *
 * - The body is `{"cipherText"}`: the JSON in AES-256-GCM under the API key (12-byte IV, 16-byte tag,
 *   no additional data), written as base64(IV) + base64(tag) + base64(data). A call without a body
 *   encrypts `{}`.
 * - `x-agentid`, `x-timestamp` (Unix milliseconds), `x-nonce` (16 random bytes in hex).
 * - `x-signature`: SHA-256 in lower-case hex over `agentId|timestamp|nonce|cipherText`, or, in the
 *   format `concatenated`, over agentId + timestamp + nonce + the body.
 *
 * Responses are plain JSON: `{code, message, data, logUUID}`, where `code` 0 alone means success,
 * whatever the HTTP status. `data` holds `accessToken` and `expiresIn` in seconds. Business calls, all
 * of them `POST`, also carry `Authorization: Bearer <token>`.
 */
export const agentAuth: Provider<AgentAuthCredentials> = {
	type: 'agentAuthApi',
	displayName: NAME,
	summary: 'VertexPlay: encrypts and signs each call',
	callUrl: {
		example: '/v2/members/balance',
		hint: 'A path below the Base URL of the credential is enough. Agent Auth takes POST only.',
	},
	needsToken: true,
	requestsPerMinute: 0,
	reusesTokens: true,
	locksAccounts: false,
	tokenMayGoAnywhere: false,

	readCredentials(data) {
		return {
			baseUrl: requiredBaseUrl(data, 'https://api.example.com', AGENT_AUTH_TOKEN_PATH),
			allowedDomains: allowedDomains(data),
			...readConnection(data),
			agentId: readAgentId(data),
			bodyAgentId: optionalText(data, 'bodyAgentId') || undefined,
			secret: requiredText(data, 'secret', 'Secret'),
			apiKey: readApiKey(data),
			signatureFormat: choice(data, 'signatureFormat', 'Signature Format', SIGNATURE_FORMATS),
		};
	},

	secretsOf: ({ secret, apiKey }) => [secret, apiKey],

	tokenRequest(credentials, _options, surroundings) {
		const { baseUrl, agentId, bodyAgentId, secret } = credentials;
		return {
			method: 'POST',
			url: `${baseUrl}${AGENT_AUTH_TOKEN_PATH}`,
			...encryptAndSign(
				credentials,
				JSON.stringify({ agentId: bodyAgentId ?? agentId, secret }),
				surroundings,
			),
		};
	},

	readTokenResponse(_credentials, _options, response, { now }) {
		const parsed = readObjectOrStatus(NAME, response, [401, 403], now());
		if (readCode(parsed) !== '0') throw tokenRefusal(response, parsed, now());
		const { accessToken, expiresIn } = (parsed.data ?? {}) as Record<string, unknown>;
		const advice = withLogUUID('Try again; if it stays so, ask Agent Auth.', parsed);
		const token = readTokenText(NAME, accessToken, response, now(), advice);
		const claims = readClaims(token);
		const seconds = Number(scalarText(expiresIn));
		return {
			token,
			issuedAt: timeClaim(claims, 'iat'),
			expiresAt: seconds > 0 ? now() + seconds * 1000 : timeClaim(claims, 'exp'),
			claims,
			details: { logUUID: readLogUUID(parsed) },
		};
	},

	tokenHeader: bearerHeader,

	authorize(credentials, token, request, surroundings) {
		assertPost(request);
		const { name, value } = bearerHeader(token);
		const { headers, body } = encryptAndSign(credentials, jsonText(request), surroundings);
		return { headers: { ...headers, [name]: value }, body };
	},

	readBusinessResponse: (_credentials, response, { now }) => businessRefusal(response, now()),
};

/** It goes into a header. */
function readAgentId(data: Record<string, unknown>): string {
	const agentId = requiredText(data, 'agentId', 'Agent ID');
	if (/^[\x20-\x7e]+$/.test(agentId)) return agentId;
	throw new InputError('The Agent ID of the credential has characters that no header can carry', {
		description:
			'Type it anew, as Agent Auth gave it to you: it has letters, digits and punctuation only, without accents.',
	});
}

function readApiKey(data: Record<string, unknown>): string {
	const apiKey = requiredText(data, 'apiKey', 'API Key');
	if (API_KEY.test(apiKey)) return apiKey;
	throw new InputError('The API Key of the credential is not 64 hex digits', {
		description: `It must hold the digits 0-9 and a-f only, 64 of them; it has ${apiKey.length} characters. Paste the encryption key Agent Auth gave you, which is not the Secret.`,
	});
}

/** The encrypted body of one request and its headers; each attempt needs its own. */
function encryptAndSign(
	{ agentId, apiKey, signatureFormat }: AgentAuthCredentials,
	plaintext: string,
	{ now, randomBytes }: Surroundings,
) {
	const iv = randomBytes(IV_LENGTH);
	const cipherText = encryptCipherText(plaintext, Buffer.from(apiKey, 'hex'), iv);
	const timestamp = String(now());
	const nonce = Buffer.from(randomBytes(NONCE_LENGTH)).toString('hex');
	return {
		headers: {
			'Content-Type': 'application/json',
			'x-agentid': agentId,
			'x-timestamp': timestamp,
			'x-nonce': nonce,
			'x-signature': signAgentAuthRequest(
				{ agentId, timestamp, nonce, cipherText },
				signatureFormat,
			),
		},
		body: JSON.stringify({ cipherText }),
	};
}

/** @throws {InputError} */
function assertPost({ method }: BusinessRequest): void {
	if (method.toUpperCase() === 'POST') return;
	throw new InputError(`Agent Auth takes POST only, and the method is ${method}`, {
		description: 'Set "Method" to POST. A call without parameters needs no body.',
	});
}

/** The JSON text of a request's body. @throws {InputError} when the body is not JSON */
function jsonText({ body, form, multipart }: BusinessRequest): string {
	if (form === undefined && multipart === undefined) {
		if (body === undefined || body === null) return '{}';
		if (typeof body === 'string') return checkedJson(body);
		if (isJsonValue(body)) return JSON.stringify(body);
	}
	throw new InputError('Agent Auth takes JSON only', {
		description: 'Send the body as JSON: not as a form, and not as a file.',
	});
}

function checkedJson(text: string): string {
	if (text.trim() === '') return '{}';
	if (parsedJson(text) !== undefined) return text.replace(/^\uFEFF/, '');
	throw new InputError('The body of an Agent Auth call must be JSON', {
		description: 'Check the quotes, commas and brackets of the body.',
	});
}

/** A stream is an object like any other. */
function isJsonValue(body: unknown): boolean {
	return Array.isArray(body) || (isJsonObject(body) && typeof body.pipe !== 'function');
}
