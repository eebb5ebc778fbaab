import type { HttpResponse } from '../../kit/provider';

type JsonObject = Record<string, unknown>;

/** The code of a response, else its HTTP status, for a message. */
export function labelOf(code: string | null, { status }: HttpResponse): string {
	return code === null ? `HTTP ${status}` : `code ${code}`;
}

/** What the response says, after a colon; empty when it says nothing. */
export function said({ message }: JsonObject): string {
	return typeof message === 'string' && message !== '' ? `: ${message}` : '';
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
