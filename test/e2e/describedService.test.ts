import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

import { chain } from '../../host/chain';
import { Client, outputOf } from '../../host/client';
import { startN8n, type N8n } from '../../host/n8n';
import { installPackage, packPackage } from '../../host/pack';
import { CACHE } from '../../host/step';
import { document, fences } from '../docs/documents';
import { unsignedJwt } from '../support/unsignedJwt';
import { connect } from './n8n';

const ACCOUNT = { email: 'me@example.com', password: 'fake-password' };
const ORDERS = [
	{ id: 1, title: 'Tea' },
	{ id: 2, title: 'Coffee' },
];

/** The service of the walk-through: it wants `email`, and gives its orders to those who are logged in. */
let service: Server;
let baseUrl: string;
/** The n8n of somebody else who has the same service. */
let second: N8n;

beforeAll(async () => {
	const exp = Math.floor(Date.now() / 1000) + 3600;
	const token = unsignedJwt({ exp });
	service = createServer((request, response) => {
		void (async () => {
			response.setHeader('Content-Type', 'application/json');
			if (request.url === '/login') {
				const { email, password } = (await json(request)) as Record<string, string>;
				const isRight = email === ACCOUNT.email && password === ACCOUNT.password;
				response.statusCode = isRight ? 200 : 400;
				response.end(JSON.stringify(isRight ? { accessToken: token } : 'Incorrect password'));
				return;
			}
			const isIn = request.headers.authorization === `Bearer ${token}`;
			response.statusCode = isIn ? 200 : 401;
			response.end(JSON.stringify(isIn ? ORDERS : 'Missing authorization header'));
		})();
	});
	await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;

	const userFolder = join(CACHE, 'e2e-second');
	rmSync(userFolder, { recursive: true, force: true });
	await installPackage(await packPackage(), userFolder);
	second = await startN8n({ userFolder });
}, 180_000);

afterAll(async () => {
	await second?.stop();
	await new Promise((resolve) => service.close(resolve));
});

/** What the page gives to paste. */
function described(path: string): string {
	const found = fences(document(path)).find(({ code }) => code.includes('"name": "Orders"'));
	return found?.code ?? '';
}

async function orders(client: Client, data: object): Promise<unknown[]> {
	const tokenApi = await client.saveCredential('tokenApi', 'Orders', data);
	const test = await client.testCredential('tokenApi', tokenApi);
	expect(test).toEqual({ status: 'OK', message: 'Connection successful!' });
	const node = {
		name: 'Orders',
		type: 'n8n-nodes-token-providers.authenticatedRequest',
		typeVersion: 1.1,
		parameters: { provider: 'tokenApi', url: '/660/orders' },
		credentials: { tokenApi },
	};
	const workflow = await client.saveWorkflow(chain('Orders', [node]));
	const execution = await client.runWorkflow(workflow);
	return outputOf(execution, 'Orders').map((item) => item.json);
}

it.each(['docs/token-api.md', 'docs/token-api.zh-CN.md'])(
	'what works in one n8n works in a second one, by the description that %s has',
	async (path) => {
		const form = {
			service: 'custom',
			baseUrl,
			requestUrl: '/login',
			username: ACCOUNT.email,
			password: ACCOUNT.password,
			valuePath: 'accessToken',
			changeRequest: true,
			jsonBody: '{ "email": "{{username}}", "password": "{{password}}" }',
		};
		expect(await orders(await connect(), form)).toEqual(ORDERS);

		const other = new Client(second.url);
		await other.logIn();
		const pasted = {
			service: 'description',
			description: described(path),
			baseUrl,
			username: ACCOUNT.email,
			password: ACCOUNT.password,
		};
		expect(await orders(other, pasted)).toEqual(ORDERS);
	},
);
