import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { WrittenDescription } from '../../../providers/vendors/tokenApi/description/schema';
import { pressTest } from '../credentialTest';
import { call, items } from './setup';

const PASSWORD = 'fake-"p&a$&s<s';

let server: Server;
let baseUrl: string;
let seen: string[];

const bodyOf = async (request: IncomingMessage) => {
	const chunks: Uint8Array[] = [];
	for await (const chunk of request) chunks.push(chunk as Uint8Array);
	return Buffer.concat(chunks).toString();
};

/** A site that wants a CSRF token of its login page, answers a login with a redirect, and changes its session for a token. */
beforeAll(async () => {
	server = createServer((request, response) => {
		void (async () => {
			const { method = '', url = '', headers } = request;
			seen.push(`${method} ${url}`);
			const form = new URLSearchParams(await bodyOf(request));
			const cookies = headers.cookie ?? '';
			if (url === '/login' && method === 'GET') {
				response.setHeader('Set-Cookie', [
					'csrf=old; Path=/',
					'csrf=fake-csrf; Path=/; Max-Age=60',
				]);
				return response.end('<form>…</form>');
			}
			if (url === '/login') {
				const isRight =
					cookies === 'csrf=fake-csrf' &&
					form.get('csrf') === 'fake-csrf' &&
					form.get('password') === PASSWORD;
				if (!isRight) return response.end('<form>Wrong password</form>');
				response.setHeader('Set-Cookie', 'session="fake,{session}"; Path=/; HttpOnly');
				return response.writeHead(302, { Location: '/home' }).end();
			}
			if (url === '/token') {
				const isRight = cookies === 'csrf=fake-csrf; session="fake,{session}"';
				return response.writeHead(isRight ? 200 : 403).end(isRight ? '{"jwt":"fake-jwt"}' : '');
			}
			const isIn =
				headers.authorization === 'Bearer fake-jwt' || cookies.includes('session="fake,{session}"');
			response.setHeader('Content-Type', 'application/json');
			return response
				.writeHead(isIn ? 200 : 401)
				.end(JSON.stringify({ cookies, csrf: headers['x-csrf'] }));
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
	seen = [];
});

afterAll(() => {
	server.close();
	server.closeAllConnections();
});

const SITE: WrittenDescription = {
	version: 1,
	name: 'Site',
	values: { username: { label: 'User' }, password: { label: 'Password', secret: true } },
	before: { url: '/login', take: { csrf: { cookie: 'csrf' } } },
	login: {
		url: '/login',
		form: { username: '{{username}}', password: '{{password}}', csrf: '{{csrf}}' },
	},
	token: { cookie: 'session' },
	send: [{ cookie: 'session' }, { header: 'X-CSRF', value: '{{csrf}}', writesOnly: true }],
};

const credential = (change: object = {}, password = PASSWORD) => ({
	service: 'description',
	description: JSON.stringify({ ...SITE, ...change }),
	baseUrl,
	username: 'me',
	password,
});

it('takes a value of a request before the login, and the session of a redirect', async () => {
	const { error, items: given } = await call(
		credential(),
		{ method: 'POST', url: '/x' },
		{ items: items(3) },
	);
	expect(error).toBeNull();
	expect(given.map(({ json }) => json)).toEqual(
		Array(3).fill({ cookies: 'session="fake,{session}"', csrf: 'fake-csrf' }),
	);
	expect(seen).toEqual(['GET /login', 'POST /login', ...Array<string>(3).fill('POST /x')]);
});

it('keeps all cookies of the login', async () => {
	const { error, items: given } = await call(credential({ keepCookies: true, send: [] }), {
		url: '/x',
	});
	expect(error).toBeNull();
	expect(given[0]?.json).toEqual({ cookies: 'csrf=fake-csrf; session="fake,{session}"' });
});

it('exchanges what the login gave', async () => {
	const exchange = { after: { url: '/token' }, exchangedToken: { json: 'jwt' }, send: undefined };
	const { error, items: given } = await call(credential(exchange), { url: '/x' });
	expect(error).toBeNull();
	expect(given[0]?.json).toEqual({ cookies: '' });
	expect(seen).toEqual(['GET /login', 'POST /login', 'GET /token', 'GET /x']);
});

it('tells a wrong password, and makes one attempt', async () => {
	const { items: given } = await call(
		credential({}, 'fake-wrong'),
		{ url: '/x' },
		{ items: items(5), onError: 'continueRegularOutput' },
	);
	expect(given).toHaveLength(5);
	expect(JSON.stringify(given)).not.toContain('fake-wrong');
	expect(seen).toEqual(['GET /login', 'POST /login']);
});

it('names what the request before the login did not give', async () => {
	const { error } = await call(
		credential({ before: { url: '/login', take: { csrf: { cookie: 'xsrf' } } } }),
		{ url: '/x' },
	);
	expect(error?.message).toBe('The request before the login gave no value for "csrf" (HTTP 200)');
	expect(seen).toEqual(['GET /login']);
});

it('is tested as it is used', async () => {
	expect(await pressTest('tokenApi', credential())).toMatchObject({ status: 'OK' });
	const { status, message } = await pressTest('tokenApi', credential({}, 'fake-wrong'));
	expect(status).toBe('Error');
	expect(message).not.toContain('fake-wrong');
});
