import { timingSafeEqual } from 'node:crypto';

import { InputError, VendorError } from '../../kit/errors';
import { isJsonObject, parseObject } from '../../kit/json';
import { parseJson, writeJson } from '../../kit/jsonNumber';
import type { Environment } from '../../kit/provider';
import type { SeenOnce } from '../../kit/seenOnce';
import { decryptCipherText, signAgentAuthRequest } from './cipher';
import type { AgentAuthCredentials } from './credentials';
import { encryptAndSign } from './encryptAndSign';

/** A request of the vendor's servers, as a webhook got it. */
export interface IncomingRequest {
	/** Its body as text, or the JSON object that it is. */
	body: unknown;
	headers: unknown;
}

/** What is asked of a request; the vendor's public pages say nothing of it. */
export interface IncomingRules {
	/** Whether one without a signature is refused. A wrong signature always is. */
	requireSignature: boolean;
	/** Milliseconds by which its timestamp may differ from the clock; 0: any. */
	toleranceMs: number;
	/** Whether one that came before is refused. */
	refuseRepeated: boolean;
}

/** What came before is known for a day. */
const REMEMBERED_MS = 86_400_000;

const MAX_NONCE_LENGTH = 200;

/** The IV and the tag, which no two requests have in common. */
const UNIQUE_LENGTH = 40;

/**
 * The JSON of a request that the vendor's servers make of the operator, as in its seamless wallet. It is
 * encrypted as calls are. Its signature is made without a key, so that anybody can make one: what shows that a
 * request is the vendor's is that it can be decrypted. So the same encrypted text is taken once, whatever its
 * nonce.
 * @throws {InputError} when there is no request
 * @throws {VendorError} when it is not the vendor's, too old, or came before
 */
export function decryptRequest({
	credentials,
	request,
	rules,
	seen,
	env: { now, elapsed },
}: {
	credentials: AgentAuthCredentials;
	request: IncomingRequest;
	rules: IncomingRules;
	/** The requests that came before. */
	seen: SeenOnce;
	/** `elapsed`: milliseconds of a clock that is never set. */
	env: Environment & { elapsed: () => number };
}): Record<string, unknown> {
	const headers = readHeaders(request.headers);
	const { text, cipherText } = readBody(request.body);
	if (headers.agentId !== credentials.agentId) {
		throw refused('10', 'The request is for another agent', {
			description:
				'Its header x-agentid is not the Agent ID of the credential. Use the credential of that agent.',
		});
	}
	assertSigned(credentials, headers, text, cipherText, rules);
	if (rules.toleranceMs > 0 && headers.timestamp !== '') {
		assertRecent(headers.timestamp, rules.toleranceMs, now());
	}
	const plaintext = decryptCipherText(cipherText, Buffer.from(credentials.apiKey, 'hex'));
	if (plaintext === null) {
		throw refused('84', 'The request cannot be decrypted', {
			description:
				'It was encrypted with another key, or changed on its way. Check the API Key of the credential.',
		});
	}
	const names = [
		`cipherText ${cipherText.slice(0, UNIQUE_LENGTH)}`,
		...(headers.nonce === '' ? [] : [`nonce ${headers.agentId} ${headers.nonce}`]),
	];
	if (rules.refuseRepeated && !seen.isNew(names, elapsed(), REMEMBERED_MS)) {
		throw refused('83', 'The request came before', {
			description:
				'Its nonce or its encrypted text was seen before: somebody sent it again. To try a workflow with one request, switch off "Refuse Repeated Requests".',
		});
	}
	// A number that JavaScript would change is given as text.
	const json = parseObject(plaintext, (text) => parseJson(text, (digits) => digits));
	if (json !== null) return json;
	throw refused('11', 'The request holds no JSON object', {
		description: 'It was decrypted, but what is in it is something else.',
	});
}

/**
 * `json` as an answer that is encrypted and signed like a request, with the headers that go with it.
 * @throws {InputError} when it is no JSON
 */
export function encryptResponse({
	credentials,
	json,
	env,
}: {
	credentials: AgentAuthCredentials;
	json: unknown;
	env: Environment;
}): { body: { cipherText: string }; headers: Record<string, string> } {
	const isText = typeof json === 'string';
	const object = isText ? parseObject(json, parseJson) : json;
	if (!isJsonObject(object)) {
		throw new InputError('The answer to encrypt is not a JSON object', {
			description: 'Give an object, e.g. {{ { "status": "0000", "balance": $json.balance } }}.',
		});
	}
	const { headers, body } = encryptAndSign(credentials, writeJson(object), env);
	return { body: JSON.parse(body) as { cipherText: string }, headers };
}

interface IncomingHeaders {
	agentId: string;
	timestamp: string;
	nonce: string;
	signature: string;
}

/** @throws {InputError} */
function readHeaders(headers: unknown): IncomingHeaders {
	const object = typeof headers === 'string' ? parseObject(headers) : headers;
	if (!isJsonObject(object)) {
		throw new InputError('"Headers" are not those of a request', {
			description: 'Give the headers of a Webhook item, {{ $json.headers }}.',
		});
	}
	const byName = new Map(
		Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]),
	);
	const text = (name: string) => {
		const value = byName.get(name);
		return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	};
	return {
		agentId: text('x-agentid'),
		timestamp: text('x-timestamp'),
		nonce: text('x-nonce'),
		signature: text('x-signature').toLowerCase(),
	};
}

/** @throws {InputError} when there is none, or it is nothing of the vendor's */
function readBody(body: unknown): { text: string; cipherText: string } {
	const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
	const { cipherText } = parseObject(text) ?? {};
	if (typeof cipherText === 'string') return { text, cipherText };
	throw new InputError('"Body" has no "cipherText"', {
		description:
			'Give the body of a Webhook item, {{ $json.body }}, which the vendor sends as {"cipherText": "…"}.',
	});
}

function assertSigned(
	{ signatureFormat }: AgentAuthCredentials,
	{ agentId, timestamp, nonce, signature }: IncomingHeaders,
	text: string,
	cipherText: string,
	{ requireSignature }: IncomingRules,
): void {
	if (signature === '' && !requireSignature) return;
	if (signature === '' || timestamp === '' || nonce === '' || nonce.length > MAX_NONCE_LENGTH) {
		throw refused('83', 'The request is not signed', {
			description:
				'It has no x-signature, x-timestamp and x-nonce. If your contract says that such requests are unsigned, switch off "Require Signature".',
		});
	}
	const parts = { agentId, timestamp, nonce, cipherText };
	const isSame = [text, undefined].some((body) =>
		isEqual(signature, signAgentAuthRequest(parts, signatureFormat, body)),
	);
	if (isSame) return;
	throw refused('83', 'The signature of the request is wrong', {
		description:
			'It was changed on its way, or is signed in another form. Check "Signature Format" of the credential.',
	});
}

function isEqual(given: string, expected: string): boolean {
	const [a, b] = [Buffer.from(given), Buffer.from(expected)];
	return a.length === b.length && timingSafeEqual(a, b);
}

function assertRecent(timestamp: string, toleranceMs: number, now: number): void {
	if (/^\d{1,16}$/.test(timestamp) && Math.abs(now - Number(timestamp)) <= toleranceMs) return;
	throw refused('83', 'The timestamp of the request is too far from now', {
		description:
			'It is old, or the clocks differ. Check the clock of the machine n8n runs on, or set "Tolerance (Seconds)".',
	});
}

function refused(vendorCode: string, message: string, details: { description: string }) {
	return new VendorError(message, { vendorCode, ...details });
}
