import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { Token } from '../../../nodes/Token/Token.node';
import { everythingIn } from '../../support/leaks';
import { pressTest } from '../credentialTest';
import { engine } from '../engine';
import { runHelpers, runNode, type NodeRunResult } from '../harness';
import { customCredential, SIGNED_FORMS } from './customForms';
import { call, calls, credentialOf, logins, sandbox, type Known } from './setup';

const SERVICES: Known[] = [
	{ service: 'shopware', played: 'shopware', username: 'client_id', password: 'client_secret' },
	{ service: 'proxmox', played: 'proxmox' },
	{ service: 'sapBusinessOne', played: 'sapBusinessOne', database: 'companyDb' },
	{ service: 'synology', played: 'synology' },
	{ service: 'weChat', played: 'weChat', username: 'appid', password: 'secret' },
	{ service: 'vCenter', played: 'vCenter' },
];

const strangers = () =>
	sandbox.requests.filter(({ url }) => new URL(url).origin === sandbox.strangerUrl);

/** Those whose sessions are ended, so that a Test leaves none behind. */
const LOGS_OUT = ['sapBusinessOne', 'vCenter', 'zabbix', 'fileMaker'];

/** Without retries, which take their time. */
const once = { maxRetries: 0 };

const anyLocalPort = { allowedHttpRequestDomains: 'domains', allowedDomains: '127.0.0.1' };

/** What nobody may see: the secrets, and all that the service handed out, as calls carried it. */
function secretsOf(known: Known): string[] {
	const { password } = credentialOf(known) as { password: string };
	const carried = calls().flatMap(({ headers, query }) => [
		...String(headers.cookie ?? '')
			.split('; ')
			.map((pair) => pair.slice(pair.indexOf('=') + 1)),
		String(headers.authorization ?? '').replace(/^\w+ /, ''),
		String(headers['csrfpreventiontoken'] ?? ''),
		String(headers['x-syno-token'] ?? ''),
		String(headers['vmware-api-session-id'] ?? ''),
		new URLSearchParams(query).get('_sid') ?? '',
		new URLSearchParams(query).get('access_token') ?? '',
	]);
	const tokens = sandbox.requests.map(({ token }) => token ?? '');
	return [...new Set([password, encodeURIComponent(password), ...tokens, ...carried])].filter(
		// `.node1` of SAP is in every cookie, and no secret to look for.
		(secret) => secret.length > 8,
	);
}

function expectNoLeak(known: Known, { error, items, execution }: NodeRunResult): void {
	expectHidden(known, everythingIn(error), JSON.stringify(items), JSON.stringify(execution));
}

/** What n8n keeps: it throws errors of its own, of which it stores a part. */
function expectNoneStored(known: Known, { execution }: NodeRunResult): void {
	expectHidden(known, JSON.stringify(execution));
}

function expectHidden(known: Known, ...texts: string[]): void {
	const secrets = secretsOf(known);
	expect(secrets.length).toBeGreaterThan(0);
	for (const text of texts) {
		for (const secret of secrets) expect(text).not.toContain(secret);
	}
}

/** As n8n's HTTP Request node calls. */
async function helperCall(credential: IDataObject, options: IHttpRequestOptions) {
	return await runHelpers({ credentials: { tokenApi: credential as never } }, async (context) => ({
		body: JSON.stringify(
			await context.helpers.httpRequestWithAuthentication.call(context, 'tokenApi', options),
		),
	}));
}

const tokenNode = async (credential: IDataObject) =>
	await runNode({
		node: new Token(engine),
		parameters: { options: once },
		credentials: { tokenApi: credential as never },
	});

describe.each(SERVICES.map((known) => [known.service, known] as const))('%s', (_name, known) => {
	const good = () => credentialOf(known);
	const base = () => sandbox.tokenApi[known.played].baseUrl;
	const faults = () => sandbox.faults[known.played];

	it('no token goes to another host, and none is fetched for that', async () => {
		const url = `${sandbox.strangerUrl}/x`;
		const { error } = await call(good(), { method: 'GET', url });
		expect(error?.message).toContain('must not go to');
		expect((await helperCall(good(), { url })).error?.message).toContain('must not go to');
		expect(strangers()).toEqual([]);
		expectNoLeak(known, await call(good(), { method: 'POST', url: '/status/404' }));
	});

	it('a token goes where the credential allows it', async () => {
		const url = `${sandbox.strangerUrl}/x`;
		await call({ ...good(), ...anyLocalPort }, { method: 'GET', url });
		expect(strangers()).toHaveLength(1);
	});

	it.each([302, 303, 307, 308])('a login follows no redirect: %s', async (status) => {
		faults().tokenFailures = [
			{ status, redirectTo: `${sandbox.strangerUrl}/token`, times: Infinity },
		];
		const { error } = await call(good(), { method: 'GET', url: '/echo' });
		expect(error?.message).toBe(
			`The service responded to the token request with a redirect to ${sandbox.strangerUrl}/token`,
		);
		const helped = await helperCall(good(), { url: `${base()}/echo` });
		expect(helped.error?.message).toContain('with a redirect');
		expect((await tokenNode(good())).error?.message).toContain('with a redirect');
		expect((await pressTest('tokenApi', good() as never)).message).toContain('with a redirect');
		expect(strangers()).toEqual([]);
		expect(calls()).toEqual([]);
	});

	it('a call is not redirected to another host', async () => {
		const url = `${base()}/redirect/307?to=${encodeURIComponent(`${sandbox.strangerUrl}/x`)}`;
		const result = await call(good(), { method: 'POST', url });
		expect(result.error?.message).toContain('where the token must not go');
		const helped = await helperCall(good(), { method: 'POST', url });
		expect(strangers()).toEqual([]);
		expectNoLeak(known, result);
		expectNoneStored(known, helped);
	});

	it.each(['/status/500', '/status/401', '/status/403', '/status/404', '/cut'])(
		'nothing is shown or stored after %s',
		async (path) => {
			const result = await call(good(), { method: 'POST', url: path, options: once });
			expect(result.error).not.toBeNull();
			expectNoLeak(known, result);
			const helped = await helperCall(good(), { method: 'POST', url: base() + path });
			expect(helped.error).not.toBeNull();
			expectNoneStored(known, helped);
		},
	);

	it.each([
		['as JSON', 'application/json', (text: string) => JSON.stringify({ message: text })],
		['as a page', 'text/html', (text: string) => `<p>${text}</p>`],
		['as text', 'text/plain', (text: string) => text],
	])('a refusal that repeats the login %s shows no secret', async (_how, contentType, write) => {
		const { username, password } = good() as { username: string; password: string };
		const echo = write(`${username}:${password} ${encodeURIComponent(password)} is wrong`);
		for (const status of [200, 400, 401, 503]) {
			faults().tokenFailures = [{ status, contentType, body: echo, times: Infinity }];
			const data = { ...good(), password };
			const results = [
				await call(data, { method: 'GET', url: '/echo', options: once }),
				await tokenNode({ ...data, baseUrl: `${base()}/` }),
			];
			for (const result of results) {
				expect(result.error).not.toBeNull();
				expectNoLeak(known, result);
			}
			const pressed = await pressTest('tokenApi', data as never);
			expect(pressed.status).toBe('Error');
			expect(JSON.stringify(pressed)).not.toContain(JSON.stringify(password).slice(1, -1));
			sandbox.reset();
		}
	});

	it('one attempt with a wrong secret, whichever node uses it', async () => {
		const wrong = { ...good(), password: 'fake-wrong-password' };
		const url = `${base()}/echo`;
		const results = [
			await helperCall(wrong, { url }),
			await helperCall(wrong, { url }),
			await tokenNode(wrong),
			await call(wrong, { method: 'GET', url: '/echo' }),
		];
		for (const { error } of results) expect(error).not.toBeNull();
		expect(logins()).toHaveLength(1);
		expect(calls()).toEqual([]);
		const pressed = await pressTest('tokenApi', wrong as never);
		expect(pressed).toMatchObject({ status: 'Error' });
		expect(logins()).toHaveLength(2);
		for (const text of [...results.map(({ error }) => everythingIn(error)), pressed.message]) {
			expect(text).not.toContain('fake-wrong-password');
		}
	});

	it('the options of a call stay as they are', async () => {
		const options = { url: `${base()}/echo`, headers: { Cookie: 'mine=1' }, qs: { a: '1' } };
		const before = structuredClone(options);
		const { error } = await helperCall(good(), options);
		expect(error).toBeNull();
		expect(options).toMatchObject(before);
		expect(calls()[0]?.headers.cookie).toMatch(/^mine=1(; |$)/);
		expect(new URLSearchParams(calls()[0]?.query).get('a')).toBe('1');
	});

	it('a test ends no token that is in use', async () => {
		const url = `${base()}/echo`;
		await helperCall(good(), { url });
		expect(await pressTest('tokenApi', good() as never)).toMatchObject({ status: 'OK' });
		await helperCall(good(), { url });
		expect(logins()).toHaveLength(2);
		expect(calls().at(-1)?.status).toBe(200);
		// Where Test ends the session it has begun, calls go on with theirs.
		const used = LOGS_OUT.includes(known.service) ? 0 : 1;
		expect(calls().at(-1)?.token).toBe(logins()[used]?.token);
	});

	it('nothing is written back to the stored credential', async () => {
		const { credentialWrites } = await helperCall(good(), { url: `${base()}/echo` });
		expect(credentialWrites).toEqual([]);
		expect(logins()).toHaveLength(1);
	});

	it('the Test button logs in with a good credential', async () => {
		expect(await pressTest('tokenApi', good() as never)).toMatchObject({ status: 'OK' });
		expect(logins()).toHaveLength(1);
	});
});

describe('a key that cannot sign', () => {
	const KEYS: Array<[string, IDataObject, string]> = [
		['no PEM', { signingKey: 'fake-key' }, 'is not a private key in PEM'],
		['another kind of key', { jwtAlgorithm: 'ES256' }, 'does not go with ES256'],
		['an encrypted key', { keyPassphrase: '' }, 'is encrypted'],
		['the wrong passphrase', { keyPassphrase: 'fake-wrong' }, 'does not open its signing key'],
	];

	const signed = () =>
		SIGNED_FORMS.filter(({ played }) => played === 'snowflake').map(customCredential);

	it.each(KEYS)('%s is refused before any request', async (_what, change, message) => {
		for (const jwt of ['accessToken', 'value']) {
			const [data = {}] = signed().map((form) => ({
				...form,
				...change,
				jwt,
				requestUrl: '/login',
			}));
			const results = [
				await call(data, { method: 'GET', url: '/echo' }),
				await tokenNode(data),
				await helperCall(data, { url: `${sandbox.tokenApi.snowflake.baseUrl}/echo` }),
			];
			for (const { error } of results) {
				expect(error?.message).toContain(message);
				expect(everythingIn(error)).not.toContain('PRIVATE KEY-----\n');
			}
			expect((await pressTest('tokenApi', data as never)).message).toContain(message);
		}
		expect(sandbox.requests).toEqual([]);
	});
});
