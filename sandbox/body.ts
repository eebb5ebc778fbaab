import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

const RECORDED = 1024 * 1024;
const KEPT = 16 * RECORDED;

export interface ReceivedBody {
	/** What a vendor works on: empty if the body was larger than 16 MiB. */
	content: Buffer;
	/** What is recorded: at most 1 MiB. */
	recorded: Buffer;
	bytes: number;
	sha256: string;
}

/** Reads a body of any size in bounded memory. Rejects if the client goes away before its end. */
export async function receiveBody(request: IncomingMessage): Promise<ReceivedBody> {
	const hash = createHash('sha256');
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		hash.update(chunk);
		if (bytes < KEPT) chunks.push(chunk);
		bytes += chunk.length;
	}
	const kept = Buffer.concat(chunks);
	// A slice would keep the whole of it alive for as long as the record lives.
	const recorded = kept.length > RECORDED ? Buffer.from(kept.subarray(0, RECORDED)) : kept;
	return {
		content: bytes > KEPT ? Buffer.alloc(0) : kept,
		recorded,
		bytes,
		sha256: hash.digest('hex'),
	};
}

/** Whether a request says its body is of this media type, whatever the parameters. */
export function hasMediaType(headers: IncomingHttpHeaders, mediaType: string): boolean {
	return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === mediaType;
}

/** Parses JSON, or gives `undefined` if it is none. */
export function parseJson(content: Buffer | string): unknown {
	try {
		return JSON.parse(content.toString()) as unknown;
	} catch {
		return undefined;
	}
}

/** Parses JSON, or gives `undefined` if it is no JSON object. */
export function parseJsonObject(content: Buffer | string): Record<string, unknown> | undefined {
	const value = parseJson(content);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
	return value as Record<string, unknown>;
}
