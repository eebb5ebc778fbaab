import { VendorError } from '../../kit/errors';
import { scalarText } from '../../kit/json';
import { readClaims, timeClaim } from '../../kit/jwt';
import type { AccessToken, Environment, HttpResponse } from '../../kit/provider';
import { readObjectOrStatus, readTokenText, statusDetails } from '../../kit/vendorResponse';
import { errMsg, FAILURE, readStatus, SUCCESS, TRY_LATER } from './status';

/** Under these it does not matter what the body is. */
const TELLING_STATUSES = [400, 401, 403, 500];

/** Used when a token does not carry `expireTimeStamp`. */
const LIFETIME_MS = 180_000;

/** How Maxus says that it was the credential: `serviceCode is wrong`, `serviceSecret is wrong`. */
const NAMES_THE_CREDENTIAL = /service\s?(code|secret)/i;

const CHECK_CREDENTIAL =
	'Check the Service Code, the Service Secret and the Environment of the credential: Maxus gives each environment its own.';

interface Refusal {
	message: string;
	/** What the user can do. */
	description: string;
	credentialRejected?: boolean;
	isTransient?: boolean;
}

/** The token in a response. @throws {VendorError} when there is none */
export function readTokenResponse({
	response,
	env: { now },
}: {
	response: HttpResponse;
	env: Environment;
}): AccessToken {
	const parsed = readObjectOrStatus('Maxus', response, TELLING_STATUSES, now());
	if (!isSuccess(response, parsed)) throw tokenRefusal(response, parsed, now());
	const advice = 'Try again; if this continues, ask Maxus about the service code.';
	const token = readTokenText('Maxus', parsed.data, response, now(), advice);
	const claims = readClaims(token);
	const issuedAt = timeClaim(claims, 'iat');
	return { token, issuedAt, expiresAt: readExpiry(claims, issuedAt), claims };
}

/** `exp` lies 24 minutes ahead and is not when the vendor stops accepting the token. */
function readExpiry(
	claims: Record<string, unknown> | null,
	issuedAt: number | null,
): number | null {
	const stamp = Number(scalarText(claims?.expireTimeStamp));
	if (Number.isFinite(stamp) && stamp > 0) return stamp;
	return issuedAt === null ? null : issuedAt + LIFETIME_MS;
}

/** Whether a response holds what was asked for. */
function isSuccess({ status }: HttpResponse, parsed: Record<string, unknown>): boolean {
	return status < 400 && readStatus(parsed) === SUCCESS;
}

/**
 * Why a response to a token request holds no token. Maxus answers faults of its own as it answers a wrong
 * secret, with `status` 0 under HTTP 200: only what it says tells one from the other.
 * @param now Unix milliseconds
 */
function tokenRefusal(
	response: HttpResponse,
	parsed: Record<string, unknown>,
	now: number,
): VendorError {
	const details = statusDetails(response, now);
	const said = errMsg(parsed);
	const code = scalarText(parsed.status);
	const { message, description, ...kind } = NAMES_THE_CREDENTIAL.test(said)
		? refusedCredential(response.status)
		: (refusalByStatus(response.status) ?? refusalByBody(parsed));
	return new VendorError(said === '' ? message : `${message}: ${said}`, {
		...details,
		said: [said],
		...(response.status < 400 && code !== '' && { vendorCode: code }),
		...kind,
		isTransient: kind.isTransient ?? details.isTransient,
		description,
	});
}

function refusedCredential(status: number): Refusal {
	return {
		message:
			status < 400
				? 'Maxus did not issue a token'
				: `Maxus refused the credential (HTTP ${status})`,
		description: CHECK_CREDENTIAL,
		credentialRejected: true,
		isTransient: false,
	};
}

/** `null` for a status that says nothing about what went wrong. */
function refusalByStatus(status: number): Refusal | null {
	switch (status) {
		case 400:
			return {
				message: 'Maxus could not read the token request (HTTP 400)',
				description: TRY_LATER,
				isTransient: true,
			};
		case 401:
		case 403:
			return refusedCredential(status);
		case 404:
			return {
				message: 'There is no Maxus token endpoint at this base URL (HTTP 404)',
				description: 'Check the Environment and the Base URL of the credential.',
			};
		case 429:
			return {
				message: 'Maxus cannot issue a token at the moment (HTTP 429)',
				description:
					'Maxus allows 600 calls a minute. Wait a minute, or lower "Requests per Minute".',
			};
		case 500:
			return {
				message: 'Maxus met an internal fault (HTTP 500)',
				description: TRY_LATER,
				isTransient: true,
			};
		case 502:
		case 503:
		case 504:
			return {
				message: `Maxus cannot issue a token at the moment (HTTP ${status})`,
				description: 'A system that Maxus depends on is down. Try again later.',
			};
		default:
			if (status < 400) return null;
			return {
				message: `Maxus did not issue a token (HTTP ${status})`,
				description:
					'This says nothing about the Service Code and the Service Secret. Check the Base URL of the credential, and any proxy between n8n and Maxus; if they are correct, ask Maxus.',
			};
	}
}

function refusalByBody(parsed: Record<string, unknown>): Refusal {
	if (readStatus(parsed) === FAILURE) {
		return {
			message: 'Maxus met an internal fault (status 0)',
			description: `Maxus says nothing against the Service Code or the Service Secret. ${TRY_LATER}`,
			isTransient: true,
		};
	}
	return {
		message: 'The response to the token request is not from Maxus: its "status" is neither 1 nor 0',
		description:
			'Check the Base URL of the credential. A proxy, a firewall or a login page between n8n and Maxus may have responded instead.',
	};
}
