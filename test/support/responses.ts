import { Readable } from 'node:stream';

import type { HttpResponse } from '../../providers/kit/provider';

/** An answer to a token request; `body` is sent as it is when it is text, else as JSON. */
export function response(
	status: number,
	body: unknown,
	headers: Record<string, unknown> = {},
): HttpResponse {
	return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** The body of an answer as n8n's helper streams it: these parts. */
export function bodyOf(...parts: Array<string | Buffer>): Readable {
	return Readable.from(parts.map((part) => Buffer.from(part)));
}
