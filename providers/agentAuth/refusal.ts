import { meaningOf, readCode } from './codes';
import { VendorError } from '../kit/errors';
import { parseObject } from '../kit/json';
import type { HttpResponse } from '../kit/provider';
import { statusDetails } from '../kit/vendorResponse';

type JsonObject = Record<string, unknown>;

/** Why a response to a token request holds no token. @param now Unix milliseconds */
export function tokenRefusal(response: HttpResponse, parsed: JsonObject, now: number): VendorError {
	const details = statusDetails(response, now);
	const code = readCode(parsed);
	const meaning = code === null ? undefined : meaningOf(code);
	const byStatus = refusalByStatus(response.status, details.isTransient);
	const message = meaning?.message('token request') ?? byStatus.message;
	return new VendorError(`${message} (${label(code, response)})${said(parsed)}`, {
		...details,
		...(code !== null && { vendorCode: code }),
		credentialRejected: meaning ? meaning.credentialRejected : byStatus.credentialRejected,
		isTransient: meaning ? meaning.isTransient : details.isTransient,
		description: withLogUUID(meaning?.tokenAdvice ?? byStatus.description, parsed),
	});
}

/**
 * Why a business call was refused, whatever its HTTP status; `null` when it was not, or the response is not in
 * the form of Agent Auth. @param now Unix milliseconds
 */
export function businessRefusal(response: HttpResponse, now: number): VendorError | null {
	const parsed = parseObject(response.body);
	if (parsed === null) return null;
	const code = readCode(parsed);
	if (code === '0') return null;
	if (code === null && (response.status < 400 || readLogUUID(parsed) === null)) return null;

	const details = statusDetails(response, now);
	const meaning = code === null ? undefined : meaningOf(code);
	const message = meaning?.message('call') ?? 'Agent Auth did not carry out the call';
	const advice = meaning?.businessAdvice ?? 'Check the call against what Agent Auth says.';
	return new VendorError(`${message} (${label(code, response)})${said(parsed)}`, {
		...details,
		...(code !== null && { vendorCode: code }),
		isTransient: meaning ? meaning.isTransient : details.isTransient,
		tokenState: code === '12' || response.status === 401 ? 'refused' : null,
		description: withLogUUID(advice, parsed),
	});
}

function label(code: string | null, { status }: HttpResponse): string {
	return code === null ? `HTTP ${status}` : `code ${code}`;
}

function said({ message }: JsonObject): string {
	return typeof message === 'string' && message !== '' ? `: ${message}` : '';
}

function refusalByStatus(status: number, isTransient: boolean) {
	if (isTransient) {
		return {
			message: 'Agent Auth cannot issue a token at the moment',
			description: 'Try again later.',
		};
	}
	if (status === 404) {
		return {
			message: 'There is no Agent Auth token endpoint at this base URL',
			description: 'Check the Base URL of the credential.',
		};
	}
	if (status === 401 || status === 403) {
		return {
			message: 'Agent Auth did not issue a token',
			description:
				'Check the Agent ID and the Secret of the credential. If both are right, ask Agent Auth whether the agent is active, and whether calls from the address of n8n are allowed.',
			credentialRejected: true,
		};
	}
	return {
		message: 'Agent Auth did not issue a token',
		description: 'Check the Base URL of the credential; if it is right, ask Agent Auth.',
	};
}

/** The number under which Agent Auth logged the request. */
export function readLogUUID({ logUUID }: JsonObject): string | null {
	return typeof logUUID === 'string' && logUUID !== '' ? logUUID : null;
}

/** `description` and, where the response tells it, the number to ask the vendor's support about. */
export function withLogUUID(description: string, parsed: JsonObject): string {
	const logUUID = readLogUUID(parsed);
	return logUUID === null
		? description
		: `${description} Agent Auth support can look this request up by its logUUID ${logUUID}.`;
}
