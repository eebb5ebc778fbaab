import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

import { Token } from '../../../nodes/Token/Token.node';
import { makeCertificate } from '../../../sandbox/server';
import { itNeeds } from '../abilities';
import { pressTest } from '../credentialTest';
import { engine } from '../engine';
import { runHelpers, runNode } from '../harness';
import { call, items } from './setup';

let server: Server;
let credential: Record<string, string | boolean>;
/** Whether each request showed the certificate. */
let shown: boolean[];

/** A service that answers nobody without the certificate of the client: not the login, and no call. */
beforeAll(async () => {
	const [own, client] = await Promise.all([makeCertificate(), makeCertificate()]);
	const wanted = { requestCert: true, rejectUnauthorized: false, ca: client.cert };
	server = createServer({ ...own, ...wanted }, (request, response) => {
		const isShown = (request.socket as unknown as { authorized: boolean }).authorized;
		shown.push(isShown);
		response
			.writeHead(isShown ? 200 : 403, { 'Content-Type': 'application/json' })
			.end(JSON.stringify(isShown ? { token: 'fake-token' } : { error: 'no certificate' }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	credential = {
		service: 'custom',
		baseUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requestUrl: '/login',
		username: 'me',
		password: 'fake-password',
		valuePath: 'token',
		allowUnauthorizedCerts: true,
		testPath: '/me',
		clientCertificate: true,
		clientCert: client.cert,
		clientKey: client.key,
	};
});

beforeEach(() => {
	shown = [];
});

afterAll(() => {
	server.close();
	server.closeAllConnections();
});

itNeeds.certificates(
	'is shown by the login and by the calls of Authenticated Request',
	async () => {
		const { error } = await call(credential, { url: '/x' }, { items: items(2) });
		expect([error, shown]).toEqual([null, [true, true, true]]);
	},
);

itNeeds.certificates(
	'is shown by the Token node, and by Test with the call after the login',
	async () => {
		const credentials = { tokenApi: credential };
		const { items: given } = await runNode({ node: new Token(engine), credentials });
		expect(given[0]?.json['token']).toBe('fake-token');
		expect(await pressTest('tokenApi', credential)).toMatchObject({ status: 'OK' });
		expect(shown).toEqual([true, true, true]);
	},
);

itNeeds.certificates(
	"is shown by the login of n8n's HTTP Request node, and by its call",
	async () => {
		const { error } = await runHelpers(
			{ credentials: { tokenApi: credential } },
			async (context) =>
				(await context.helpers.httpRequestWithAuthentication.call(context, 'tokenApi', {
					url: `${String(credential['baseUrl'])}/x`,
					json: true,
				})) as never,
		);
		expect([error, shown]).toEqual([null, [true, true]]);
	},
);

it('is missed where it is switched off', async () => {
	const { error } = await call({ ...credential, clientCertificate: false }, { url: '/x' });
	expect(error?.message).toContain('The service did not issue a token (HTTP 403)');
	expect(shown).toEqual([false]);
});
