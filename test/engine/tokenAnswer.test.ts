import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';

import { MaxusToken } from '../../nodes/MaxusToken/MaxusToken.node';
import { engine } from './engine';
import { runNode } from './harness';

const MB = 1024 * 1024;

let server: Server;
let answer: (response: ServerResponse) => void;
/** Resolves with the bytes that went over the wire, when the connection is closed. */
let closed: Promise<number>;

beforeAll(async () => {
	server = createServer((request, response) => {
		const { socket } = request;
		closed = new Promise((resolve) => socket.once('close', () => resolve(socket.bytesWritten)));
		request.resume();
		answer(response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

async function getToken(options: object = {}) {
	const { port } = server.address() as AddressInfo;
	return await runNode({
		node: new MaxusToken(engine),
		parameters: { options: { maxRetries: 0, ...options } as never },
		credentials: {
			maxusApi: {
				environment: 'custom',
				baseUrl: `http://127.0.0.1:${port}`,
				serviceCode: 'fake-code',
				serviceSecret: 'fake-secret-for-tests',
			},
		},
	});
}

/** Writes `part` again and again, as fast as it is taken. */
function pour(
	response: {
		write(part: Buffer): boolean;
		once(event: 'drain', next: () => void): void;
		end(): void;
		destroyed: boolean;
	},
	part: Buffer,
	times: number,
): void {
	for (let left = times; left > 0 && !response.destroyed; left -= 1) {
		if (!response.write(part)) {
			response.once('drain', () => pour(response, part, left - 1));
			return;
		}
	}
	response.end();
}

const TOO_LONG = /^The response of 127\.0\.0\.1:\d+ to the token request is longer than 1 MB$/;

it('is not read on when it has 200 MB', async () => {
	answer = (response) => pour(response, Buffer.alloc(64 * 1024, 'x'), 3200);
	const { error } = await getToken();
	expect(error?.message).toMatch(TOO_LONG);
	expect(await closed).toBeLessThan(20 * MB);
});

it('is not unpacked further when 1 MB of it becomes 1 GB', async () => {
	let unpacked = 0;
	answer = (response) => {
		response.writeHead(200, { 'Content-Encoding': 'gzip' });
		const gzip = createGzip();
		gzip.pipe(response);
		const zeros = Buffer.alloc(MB);
		gzip.on('drain', () => (unpacked += 1));
		response.once('close', () => gzip.destroy());
		pour(gzip, zeros, 1024);
	};
	const { error } = await getToken();
	expect(error?.message).toMatch(TOO_LONG);
	await closed;
	expect(unpacked).toBeLessThan(1024);
});

it.each(['drip', 'silence after the beginning'])(
	'that does not come to its end (%s) is given up, and its connection with it',
	async (how) => {
		let drip: NodeJS.Timeout | undefined;
		answer = (response) => {
			response.write('{');
			if (how === 'drip') drip = setInterval(() => response.write(' '), 20);
		};
		const { error } = await getToken({ timeout: 300 });
		clearInterval(drip);
		expect(error?.message).toMatch(/did not respond in time$/);
		await closed;
	},
);

it('is quoted up to a length', async () => {
	answer = (response) => response.end(JSON.stringify({ status: 0, errMsg: 'x'.repeat(MB / 2) }));
	const { error, execution } = await getToken();
	expect(error?.message).toHaveLength(1001);
	expect(JSON.stringify(execution).length).toBeLessThan(20_000);
});

it.each([
	['blanks', '   ', 'Maxus reported success but sent no token'],
	['a number', 42, 'Maxus reported success but sent no token'],
	['nothing', null, 'Maxus reported success but sent no token'],
	['a line break', 'fake\ntoken', /^Maxus reported success but sent a token with characters/],
	['a letter that headers lose', 'fake-\u5c0f', /^Maxus reported success but sent a token with/],
	['a zero', 'fake\0token', /^Maxus reported success but sent a token with characters/],
])('whose token is %s gives none', async (_what, data, message) => {
	answer = (response) => response.end(JSON.stringify({ status: 1, data }));
	const { error, items } = await getToken();
	expect(error?.message).toMatch(message);
	expect(items).toEqual([]);
});
