import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { unsignedJwt } from '../support/unsignedJwt';
import { pressTest } from './credentialTest';
import { useRuntime } from './engine';

/** Of the twenty seconds that a test has, what the login took. */
let passed = 0;
useRuntime({ elapsed: () => performance.now() + passed });

let server: Server;
let answer: RequestListener;
beforeAll(async () => {
	server = createServer((request, response) => {
		request.resume();
		if (request.url !== '/v4/token') {
			answer(request, response);
			return;
		}
		passed += 19_500;
		const token = unsignedJwt({ exp: Math.floor(Date.now() / 1000) + 3600 });
		response.end(JSON.stringify({ token }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

it.each([
	['drips', true],
	['falls silent', false],
])('the Test button ends when the call that follows the login %s', async (_how, isDripping) => {
	let drip: NodeJS.Timeout | undefined;
	answer = (_request, response) => {
		response.write('{');
		if (isDripping) drip = setInterval(() => response.write(' '), 100);
	};
	const { port } = server.address() as AddressInfo;
	const pressed = pressTest('serviceCombApi', {
		baseUrl: `http://127.0.0.1:${port}`,
		name: 'root',
		password: 'fake-password',
	});
	const { status, message } = await pressed;
	clearInterval(drip);
	expect([status, message]).toEqual([
		'Error',
		'The login succeeded, but the service did not respond to the call that follows it: the test took more than 20 seconds. Try again later.',
	]);
});
