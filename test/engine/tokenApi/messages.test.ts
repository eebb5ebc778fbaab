import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { pressTest } from '../credentialTest';
import { call } from './setup';

let server: Server;

afterEach(() => server.close());

interface Said {
	status?: number;
	type?: string;
	body?: string;
	/** Of the call after the login. */
	callStatus?: number;
}

/** What the node and Test say of a service that answers logins like this. */
async function told(
	{ status = 200, type = 'application/json', body = '', callStatus = 200 }: Said,
	form = {},
) {
	server = createServer(({ url }, answer) => {
		if (url === '/login') answer.writeHead(status, { 'Content-Type': type }).end(body);
		else answer.writeHead(callStatus).end('{}');
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const credential = {
		service: 'custom',
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requestUrl: '/login',
		username: 'fake-user',
		password: 'fake-password-1',
		valueFrom: 'json',
		valuePath: 'token',
		...form,
	};
	const test = await pressTest('tokenApi', credential);
	const { error } = await call(credential, { url: '/x', options: { maxRetries: 0 } });
	return { test: test.message, message: error?.message, description: error?.description };
}

it('a place of the token that is wrong, with those there are', async () => {
	const body = '{"jwt":"fake.jwt.of-tests","user":{"id":5}}';
	const { test, message, description } = await told({ body }, { valuePath: 'data.access_token' });
	expect(test).toBe(
		'The login succeeded, but nothing stands at "data.access_token". The response has jwt, user.id. Set "Token Is At" to one of them.',
	);
	expect(message).toBe('The login succeeded, but nothing stands at "data.access_token"');
	expect(description).toContain('Set "Token Is At" to one of them.');
});

it('a path to the length of a list gives no token', async () => {
	const { message } = await told({ body: '{"list":["a"]}' }, { valuePath: 'list.length' });
	expect(message).toBe('The service did not issue a token (HTTP 200)');
});

it('Test says nothing of waiting, and a run does', async () => {
	const { test, description } = await told({ status: 401, body: '{"message":"No"}' });
	expect(test).toBe(
		'The service did not issue a token (HTTP 401): No. Check the Username, the Password and the Token URL of the credential.',
	);
	expect(description).toContain('Wait 15 minutes before the next attempt.');
});

it.each([
	[
		{ status: 404, body: '{"message":"no route"}' },
		'The service did not issue a token (HTTP 404): no route. Check the Token URL of the credential first: the login may not be there. If it is, check the Username and the Password.',
	],
	[
		{ status: 405, body: '{}' },
		'The service did not issue a token (HTTP 405). The service does not take POST there. Switch on "Change the Token Request" and choose another "Method", or check the Token URL.',
	],
	[
		{ type: 'text/html', body: '<html><title>Hotel WiFi</title>Accept the terms</html>' },
		'The service responded to the login with a web page instead of JSON, "Hotel WiFi" (HTTP 200). No token stands at the JSON path "token" of that. Check the Token URL: another page than that of the login may stand there, or the token stands elsewhere ("Token Is In").',
	],
])('an address of the login that is wrong comes first: %j', async (said, expected) => {
	expect((await told(said)).test).toBe(expected);
});

it('an HTTP 500 has its status', async () => {
	const { message } = await told({ body: '{"token":"fake-token-of-tests"}', callStatus: 500 });
	expect(message).toBe('The service responded with HTTP 500 Internal Server Error');
});
