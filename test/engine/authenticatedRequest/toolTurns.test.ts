import { anyLocalPort, logins, request, sandbox, serve, type RequestRun } from './setup';
import { skipPauses } from './skippedTime';

const TOOL = 'n8n-nodes-token-providers.authenticatedRequestTool';

skipPauses();

async function tool(parameters: object, run: RequestRun = {}) {
	const { items, error } = await request(parameters, { type: TOOL, ...run });
	return { json: items[0]?.json, error };
}

const types = ['maxusApi', 'agentAuthApi', 'serviceCombApi', 'yesApi', 'tokenApi'] as const;

describe.each(types)('twenty turns that are all refused with 401 (%s)', (provider) => {
	const ask = async (tokenUse: string) => {
		const url = await serve((_, answer) => answer.writeHead(401).end());
		for (let turn = 0; turn < 20; turn += 1) {
			await tool({ url, tokenUse, method: 'POST' }, { provider, credential: anyLocalPort });
		}
	};

	if (provider !== 'maxusApi') {
		it('make two logins where a token is reused', async () => {
			await ask('reuse');
			expect(logins()).toHaveLength(2);
		});
	}

	it('make one login each and one renewal in all where each has its own token', async () => {
		await ask('fresh');
		expect(logins()).toHaveLength(21);
	});
});

it('of a credential of the Token API, all that is secret or came with the token is masked', async () => {
	const typed = {
		password: 'fake-password-of-tools',
		value1: 'fake-first-more-secret',
		value2: 'fake-second-more-secret',
	};
	const given = {
		token: 'fake-token-of-tools',
		csrf: 'fake-csrf-of-tools',
		cookie: 'fake-session-of-tools',
	};
	const url = await serve((asked, answer) => {
		answer.setHeader('Content-Type', 'application/json');
		if (asked.url !== '/login') {
			answer.end(JSON.stringify({ headers: asked.headers, url: asked.url, typed }));
			return;
		}
		answer.setHeader('Set-Cookie', `session=${given.cookie}; Path=/`);
		answer.end(JSON.stringify({ token: given.token, csrf: given.csrf }));
	});
	const values = [
		{ place: 'header', name: 'Authorization', value: 'Bearer {{token}}' },
		{ place: 'header', name: 'X-CSRF', value: '{{csrf}}' },
		{ place: 'query', name: 'key', value: '{{appKey}}' },
	];
	const credential = {
		service: 'custom',
		baseUrl: url,
		requestUrl: '/login',
		username: 'fake-user',
		moreSecrets: true,
		value1Name: 'appKey',
		value2Name: 'unused',
		...typed,
		extraValues: { values: [{ name: 'csrf', from: 'json', path: 'csrf' }] },
		changeSending: true,
		keepCookies: true,
		placements: { values },
	};
	const run = { provider: 'tokenApi', credential: credential as never } as const;
	const { json, error } = await tool({ url: '/echo' }, run);
	expect(error).toBeNull();
	expect(json).toMatchObject({
		headers: { authorization: 'Bearer ***', 'x-csrf': '***', cookie: '***' },
		url: '/echo?key=***',
		typed: { password: '***', value1: '***', value2: '***' },
	});
	const told = JSON.stringify(json);
	for (const secret of Object.values({ ...typed, ...given })) expect(told).not.toContain(secret);
	// Without a model, the item is what came.
	const { items } = await request({ url: '/echo' }, run);
	expect(JSON.stringify(items)).toContain(given.csrf);
});

it('several cookies of a response stay a list', async () => {
	const headers = { 'Set-Cookie': ['a=1', 'b=2; Path=/'] as unknown as string };
	sandbox.faults.maxus.businessFailures = [{ status: 200, body: '{}', headers, times: 1 }];
	const options = { response: { response: { fullResponse: true } } };
	const { json } = await tool({ url: '/echo', options });
	expect(json?.headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2; Path=/'] });
});
