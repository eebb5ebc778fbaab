import type { IExecuteFunctions } from 'n8n-workflow';

import type { ProviderType } from '../../providers/registry';
import { anyLocalPort, request, sandbox, strangers } from './authenticatedRequest/setup';
import { pressTest } from './credentialTest';
import { runHelpers } from './harness';

const hostOf = (url: string) => new URL(url).host;
const portOf = (url: string) => new URL(url).port;

/** Addresses of another server that look, to somebody or some program, like the one of the vendor. */
const LOOK_ALIKES: Array<[name: string, url: (own: string, port: string) => string]> = [
	['another port', (_own, port) => `http://127.0.0.1:${port}/x`],
	['the host as user name', (own, port) => `http://${own.replace(':', '%3A')}@localhost:${port}/x`],
	['the host as user and password', (own, port) => `http://${own}@localhost:${port}/x`],
	['upper case', (_own, port) => `HTTP://LOCALHOST:${port}/x`],
	['a trailing dot', (_own, port) => `http://127.0.0.1.:${port}/x`],
	['IPv6', (_own, port) => `http://[::1]:${port}/x`],
	['IPv4 in IPv6', (_own, port) => `http://[::ffff:127.0.0.1]:${port}/x`],
	['a decimal address', (_own, port) => `http://2130706433:${port}/x`],
	['an octal address', (_own, port) => `http://0177.0.0.1:${port}/x`],
	['a hexadecimal address', (_own, port) => `http://0x7f.0.0.1:${port}/x`],
	['a short address', (_own, port) => `http://127.1:${port}/x`],
	['wide digits', (_own, port) => `http://１２７.0.0.1:${port}/x`],
	['ideographic full stops', (_own, port) => `http://127。0。0。1:${port}/x`],
	['a soft hyphen', (_own, port) => `http://local\u00adhost:${port}/x`],
	['Punycode', (_own, port) => `http://xn--80ak6aa92e.localhost:${port}/x`],
	['backslashes for slashes', (_own, port) => `http:\\\\localhost:${port}\\x`],
	['one slash', (_own, port) => `http:/localhost:${port}/x`],
	['no slash', (_own, port) => `http:localhost:${port}/x`],
	['a backslash behind the host', (own, port) => `http://${own}\\@localhost:${port}/x`],
	['a fragment in front of @', (own, port) => `http://${own}#@localhost:${port}/x`],
	['a query in front of @', (own, port) => `http://${own}?@localhost:${port}/x`],
	['//host', (_own, port) => `//localhost:${port}/x`],
	['three slashes', (_own, port) => `http:///localhost:${port}/x`],
	['a tab in the host', (_own, port) => `http://local\thost:${port}/x`],
	['a line break in the host', (_own, port) => `http://127.0.0.1\n:${port}/x`],
	['a line break before @', (own, port) => `http://${own}\r\n@localhost:${port}/x`],
	['blanks around it', (_own, port) => `  http://localhost:${port}/x  `],
	['NUL in front', (_own, port) => `\u0000http://localhost:${port}/x`],
	['the host in front of the host', (own, port) => `http://${own}.localhost:${port}/x`],
	['the host behind a comma', (own, port) => `http://localhost:${port},${own}/x`],
];

const bound: ProviderType[] = ['maxusApi', 'agentAuthApi', 'serviceCombApi', 'tokenApi'];

type Send = (context: IExecuteFunctions, type: string, url: string) => Promise<unknown>;

/** The two helpers by which n8n's own nodes send. */
const SENDS: Array<[name: string, send: Send]> = [
	[
		'httpRequestWithAuthentication',
		async (context, type, url) =>
			await context.helpers.httpRequestWithAuthentication.call(context, type, {
				method: 'POST',
				url,
				body: {},
			}),
	],
	[
		'requestWithAuthentication',
		async (context, type, uri) => {
			const call = { method: 'POST', uri, body: {}, json: true } as never;
			return await context.helpers.requestWithAuthentication.call(
				context,
				type,
				call,
				undefined,
				0,
			);
		},
	],
];

/** Every token so far is one that its own vendor got. */
function expectNoTokenElsewhere(): void {
	expect(strangers()).toEqual([]);
	const hosts = sandbox.requests.map(({ url }) => hostOf(url));
	expect([...new Set(hosts)].filter((host) => host !== hostOf(sandbox.url))).toEqual([]);
}

const urlFor = (make: (typeof LOOK_ALIKES)[number][1]) =>
	make(hostOf(sandbox.url), portOf(sandbox.strangerUrl));

it.each(SENDS)('%s takes a token where the credential allows it', async (_sending, send) => {
	const credential = { ...sandbox.credentials.maxusApi, ...anyLocalPort };
	await runHelpers({ credentials: { maxusApi: credential } }, async (context) => {
		await send(context, 'maxusApi', `${sandbox.strangerUrl}/x`);
		return {};
	});
	expect(strangers()).toHaveLength(1);
});

describe.each(bound)('a token of %s does not go to', (type) => {
	it.each(LOOK_ALIKES)('%s, in Authenticated Request', async (_name, make) => {
		await request({ method: 'POST', url: urlFor(make) }, { provider: type });
		expectNoTokenElsewhere();
	});

	it.each(LOOK_ALIKES)('%s, by a redirect', async (_name, make) => {
		const to = encodeURIComponent(urlFor(make));
		await request({ method: 'POST', url: `/redirect/307?to=${to}` }, { provider: type });
		expectNoTokenElsewhere();
	});

	it.each(LOOK_ALIKES)('%s, as the next page', async (_name, make) => {
		const pagination = {
			paginationMode: 'responseContainsNextURL',
			nextURL: JSON.stringify(urlFor(make)).slice(1, -1),
			limitPagesFetched: true,
			maxRequests: 2,
		};
		const options = { pagination: { pagination } };
		await request({ method: 'POST', url: '/echo', options }, { provider: type });
		expectNoTokenElsewhere();
	});

	it.each(
		LOOK_ALIKES.flatMap(([name, make]) =>
			SENDS.map(([sending, send]) => [name, sending, make, send] as const),
		),
	)('%s, in HTTP Request by %s', async (_name, _sending, make, send) => {
		const credentials = { [type]: { ...sandbox.credentials[type] } };
		await runHelpers({ credentials, onError: 'continueRegularOutput' }, async (context) => {
			await send(context, type, urlFor(make)).catch(() => null);
			return {};
		});
		expectNoTokenElsewhere();
	});
});

describe.each(['maxusApi', 'tokenApi'] as const)(
	'the Test of %s does not lead a token to',
	(type) => {
		it.each(LOOK_ALIKES)('%s', async (_name, make) => {
			await pressTest(type, { ...sandbox.credentials[type], testPath: urlFor(make) });
			expectNoTokenElsewhere();
		});
	},
);
