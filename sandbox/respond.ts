import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer, RecordedRequest } from './types';

const CHUNK = Buffer.alloc(64 * 1024, 'sandbox.');

/** An answer with a JSON body. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
	return jsonText(status, JSON.stringify(value), headers);
}

/** An answer whose JSON is already written. */
export function jsonText(
	status: number,
	body: string,
	headers: Record<string, string> = {},
): Answer {
	return {
		status,
		headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
		body,
	};
}

/** An answer in plain text. */
export function text(status: number, body: string, contentType = 'text/plain; charset=utf-8') {
	return { status, headers: { 'Content-Type': contentType }, body } satisfies Answer;
}

/** Sends an answer, unless the client goes away first, and notes on the record how that went. */
export async function send(
	response: ServerResponse,
	record: RecordedRequest,
	answer: Answer,
): Promise<void> {
	if (answer.delayMs) await waitOrLeave(response, answer.delayMs);
	if (response.destroyed) return;
	if (answer.cut) {
		response.socket?.destroy();
		return;
	}
	record.status = answer.status;
	const bodyless = answer.status === 204 || answer.status === 304;
	const body = Buffer.from(answer.body ?? '');
	response.writeHead(answer.status, {
		...(bodyless ? {} : { 'Content-Length': answer.streamBytes ?? body.length }),
		...answer.headers,
	});
	if (answer.streamBytes !== undefined && record.method !== 'HEAD') {
		// A client that goes away before the end is noted where its connection closes.
		await pipeline(Readable.from(chunksOf(answer.streamBytes)), response).catch(() => undefined);
	} else if (answer.dripMs && !bodyless) {
		const drops = Readable.from(dripOf(response, body, answer.dripMs));
		await pipeline(drops, response).catch(() => undefined);
	} else {
		response.end(bodyless ? undefined : body);
	}
}

function waitOrLeave(response: ServerResponse, ms: number): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			clearTimeout(timer);
			response.off('close', done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		response.on('close', done);
	});
}

function* chunksOf(bytes: number) {
	for (let left = bytes; left > 0; left -= CHUNK.length) {
		yield left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
	}
}

async function* dripOf(response: ServerResponse, body: Buffer, ms: number) {
	for (let at = 0; at < body.length; at++) {
		await waitOrLeave(response, ms);
		yield body.subarray(at, at + 1);
	}
}
