import { VendorError } from '../kit/errors';
import { parseObject, scalarText } from '../kit/json';
import type { HttpResponse } from '../kit/provider';
import { statusDetails } from '../kit/vendorResponse';

const SUCCESS = 1;
const FAILURE = 0;

/** How Maxus says that it was the credential: `serviceCode is wrong`, `serviceSecret is wrong`. */
const NAMES_THE_CREDENTIAL = /service\s?(code|secret)/i;

const CHECK_CREDENTIAL =
	'Check the Service Code, the Service Secret and the Environment of the credential: Maxus gives each environment its own.';

const TRY_LATER = 'Try again later; if it stays so, ask Maxus.';

interface Refusal {
	message: string;
	/** What the user can do. */
	description: string;
	credentialRejected?: boolean;
	isTransient?: boolean;
}

/** Whether a response holds what was asked for. */
export function isSuccess({ status }: HttpResponse, parsed: Record<string, unknown>): boolean {
	return status < 400 && readStatus(parsed) === SUCCESS;
}

/**
 * Why a response to a token request holds no token. Maxus answers faults of its own as it answers a wrong
 * secret, with `status` 0 under HTTP 200: only what it says tells one from the other.
 * @param now Unix milliseconds
 */
export function tokenRefusal(
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
		...(response.status < 400 && code !== '' && { vendorCode: code }),
		...kind,
		isTransient: kind.isTransient ?? details.isTransient,
		description,
	});
}

/** How Maxus says that it was a fault of its own, or that the call had something it did not expect. */
const UNKNOWN_EXCEPTION = /^$|unknown exception/i;

/**
 * Why a business call was refused under HTTP 200; `null` when it was not.
 * @param now Unix milliseconds
 */
export function businessRefusal(response: HttpResponse, now: number): VendorError | null {
	const parsed = response.status < 400 ? parseObject(response.body) : null;
	if (parsed === null || readStatus(parsed) !== FAILURE) return null;
	const said = errMsg(parsed);
	const isUnknown = UNKNOWN_EXCEPTION.test(said);
	return new VendorError(`Maxus did not carry out the call (status 0)${said && `: ${said}`}`, {
		...statusDetails(response, now),
		vendorCode: String(FAILURE),
		isTransient: isUnknown,
		description: isUnknown
			? `Maxus says so of its own faults and of values it did not expect. Check the values of the call. ${TRY_LATER}`
			: 'Check the values of the call against what Maxus says.',
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
					'This says nothing about the Service Code and the Service Secret. Check the Base URL of the credential, and any proxy between n8n and Maxus; if they are right, ask Maxus.',
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
		message: 'The answer to the token request is not one of Maxus: its "status" is neither 1 nor 0',
		description:
			'Check the Base URL of the credential. A proxy, a firewall or a login page between n8n and Maxus may have answered in its place.',
	};
}

/** `null`: the response does not say. */
function readStatus({ status }: Record<string, unknown>): number | null {
	const text = scalarText(status);
	return text === '0' || text === '1' ? Number(text) : null;
}

function errMsg(parsed: Record<string, unknown>): string {
	return typeof parsed.errMsg === 'string' ? parsed.errMsg.trim() : '';
}
