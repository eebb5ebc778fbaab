import { gzipSync } from 'node:zlib';

import type { Arrival, Fault } from './front';

/** An answer of these parts, complete. */
const answer =
	(status: number, body: string | Buffer, headers: Record<string, string> = {}): Fault =>
	({ response }) =>
		response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

const raw =
	(bytes: string | Buffer): Fault =>
	({ raw: send }) =>
		send(bytes);

const cut: Fault = ({ request }) => request.socket.destroy();

/** Sends a byte now and then, forever. */
const drip: Fault = ({ response }) => {
	response.writeHead(200, { 'content-type': 'application/json' }).write('{');
	const timer = setInterval(() => response.write(' '), 50);
	response.on('close', () => clearInterval(timer));
};

/** Sends `count` bytes as fast as they are taken. */
const flood =
	(count: number): Fault =>
	({ response }) => {
		const part = Buffer.alloc(65_536, 'x');
		let left = count;
		const pour = () => {
			while (left > 0 && !response.destroyed) {
				left -= part.length;
				if (!response.write(part)) {
					response.once('drain', pour);
					return;
				}
			}
			response.end();
		};
		response.writeHead(200, { 'content-type': 'application/json' });
		pour();
	};

const redirect = (status: number, location: string) => answer(status, '', { location });

const busy = (retryAfter: string) => answer(503, '{}', { 'retry-after': retryAfter });

/** What the network and HTTP do to an answer of either kind, by name. */
export const ANSWERS: Record<string, Fault> = {
	'reset before the answer': cut,
	'reset in the head': raw('HTTP/1.1 200 O'),
	'reset in the body': raw(`${HEAD}Content-Length: 100\r\n\r\n{"code":`),
	'reset in a chunk': raw(`${HEAD}Transfer-Encoding: chunked\r\n\r\nff\r\n{"code":`),
	silence: () => {},
	'silence after the head': ({ response }) => {
		response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
	},
	drip,
	'no HTTP': raw('SSH-2.0-OpenSSH_9.6\r\n'),
	'TLS in its place': raw(Buffer.from([0x15, 3, 3, 0, 2, 2, 0x46])),
	'two lengths': raw(`${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`),
	'a bare line feed': raw('HTTP/1.1 200 OK\nContent-Length: 2\n\n{}'),
	'a header of 100 kB': raw(`${HEAD}X-Long: ${'x'.repeat(100_000)}\r\n\r\n{}`),
	'broken gzip': answer(200, gzipSync('{"code":0}').subarray(0, 12), {
		'content-encoding': 'gzip',
	}),
	'no gzip under gzip': answer(200, '{"code":0}', { 'content-encoding': 'gzip' }),
	...Object.fromEntries(
		[
			400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418,
			421, 422, 423, 424, 425, 426, 428,
		]
			.concat([429, 431, 451, 500, 501, 502, 503, 504])
			.map((status) => [`HTTP ${status}`, answer(status, '{"message":"no"}')]),
	),
	'503, Retry-After in seconds': busy('2'),
	'503, Retry-After as a date': busy('Wed, 21 Oct 2099 07:28:00 GMT'),
	'503, Retry-After negative': busy('-5'),
	'503, Retry-After huge': busy('99999999999999999999'),
	'503, Retry-After nonsense': busy('soon'),
	'503, Retry-After a fraction': busy('1.5'),
	'503, Retry-After long ago': busy('Wed, 21 Oct 2015 07:28:00 GMT'),
	...Object.fromEntries(
		[301, 302, 303, 307, 308].map((status) => [`HTTP ${status} to itself`, toItself(status)]),
	),
	'redirect to another host': redirect(302, 'http://127.0.0.2:9/elsewhere'),
	'redirect to another scheme': redirect(302, 'ftp://127.0.0.1/file'),
	'redirect to nowhere': answer(302, ''),
	'redirect to nonsense': redirect(302, 'http://['),
	empty: answer(200, ''),
	'204': ({ response }) => response.writeHead(204).end(),
	truncated: answer(200, '{"code":0,"data":{"tok'),
	HTML: answer(200, '<html><head><title>Sign in</title></head><body>Welcome</body></html>', {
		'content-type': 'text/html',
	}),
	'JSON of another type': answer(200, '[1,2]'),
	'JSON text': answer(200, '"hello"'),
	'JSON null': answer(200, 'null'),
	'a byte order mark alone': answer(200, '\uFEFF'),
	'binary data': answer(200, Buffer.from([0, 255, 254, 1, 2, 3])),
	'200 MB': flood(200 * 1024 * 1024),
	'100,000 levels': answer(200, '['.repeat(100_000) + ']'.repeat(100_000)),
};

function toItself(status: number): Fault {
	return ({ request, response }) =>
		response.writeHead(status, { location: request.url ?? '/' }).end();
}

/** The vendor's own answer with another token. */
const withToken =
	(change: (token: string) => unknown): Fault =>
	async ({ vendor, issued, response }: Arrival) => {
		const { status, body } = await vendor();
		const text = body.toString();
		const token = issued().find((one) => text.includes(JSON.stringify(one)));
		if (token === undefined) throw new Error('The vendor gave no token that could be changed');
		const changed = text.replace(
			JSON.stringify(token),
			() => JSON.stringify(change(token)) ?? 'null',
		);
		response.writeHead(status, { 'content-type': 'application/json' }).end(changed);
	};

const withClaims = (claims: object) =>
	withToken((token) => {
		const [head, , signature] = token.split('.');
		return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
	});

/** What may be wrong with a token, by name. */
export const TOKENS: Record<string, Fault> = {
	'token missing': withToken(() => undefined),
	'token empty': withToken(() => ''),
	'token of blanks': withToken(() => '   '),
	'token a number': withToken(() => 42),
	'token an object': withToken(() => ({ a: 1 })),
	'token of 1 MB': withToken(() => 'x'.repeat(1024 * 1024)),
	'token with line breaks': withToken((token) => `${token}\r\nX-Evil: 1`),
	'token in Chinese': withToken(() => '令牌'),
	'token no JWT': withToken(() => 'opaque'),
	'token without claims': withToken(() => 'a.b.c'),
	'exp in the past': withClaims({ exp: 1_000_000_000 }),
	'exp as text': withClaims({ exp: 'tomorrow' }),
	'exp huge': withClaims({ exp: 1e300 }),
	'exp negative': withClaims({ exp: -1 }),
	'exp null': withClaims({ exp: null }),
};
