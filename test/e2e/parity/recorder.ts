import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What to answer the calls of one shape. */
export interface Reply {
	status?: number;
	headers?: Record<string, string>;
	body?: string | Buffer;
}

/** A call as it arrived. */
export interface Call {
	method: string;
	/** Path and query, as they came. */
	target: string;
	/** Each name in the spelling it came in. */
	headers: Array<[name: string, value: string]>;
	body: Buffer;
	carriesToken: boolean;
}

export interface Recorder {
	url: string;
	/** The calls to paths below `/<shape>/`, oldest first. */
	callsOf(shape: number): Call[];
	close(): Promise<void>;
}

const TOKEN_PATH = '/base/api/token/register';

/** A Maxus that gives out one fake token, and records every other call; over HTTPS with `tls`. */
export async function startRecorder(
	replyTo: (shape: number, call: Call, earlier: Call[]) => Reply,
	tls?: ServerOptions,
): Promise<Recorder> {
	const calls = new Map<number, Call[]>();

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await buffer(request);
		// Answers to the two nodes are compared, and may be a second apart.
		response.sendDate = false;
		const target = request.url ?? '';
		if (target === TOKEN_PATH) {
			response.setHeader('Content-Type', 'application/json');
			response.end(JSON.stringify({ status: 1, data: 'fake-token-of-the-recorder' }));
			return;
		}
		const call: Call = {
			method: request.method ?? '',
			target,
			headers: pairs(request.rawHeaders),
			body,
			carriesToken: 'maxus_jwt' in request.headers,
		};
		const shape = Number(target.split(/[/?]/)[1]);
		const others = calls.get(shape) ?? [];
		calls.set(shape, [...others, call]);
		const earlier = others.filter(({ carriesToken }) => carriesToken === call.carriesToken);
		const reply = replyTo(shape, call, earlier);
		response.writeHead(reply.status ?? 200, {
			'Content-Type': 'application/json; charset=utf-8',
			...reply.headers,
		});
		response.end(reply.body ?? '{"ok":true}');
	}

	const listener = (request: IncomingMessage, response: ServerResponse) =>
		void answer(request, response);
	const server = tls ? createTlsServer(tls, listener) : createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
		callsOf: (shape) => calls.get(shape) ?? [],
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function pairs(rawHeaders: string[]): Array<[string, string]> {
	return rawHeaders.flatMap((name, index) =>
		index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as [string, string]] : [],
	);
}
