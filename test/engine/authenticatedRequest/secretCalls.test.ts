import { providers, type Provider } from '../../../providers';
import type { ProviderType } from '../../../providers/registry';
import { runHelpers } from '../harness';
import { anyLocalPort, fields, logins, request, sandbox, serve } from './setup';
import { skipPauses } from './skippedTime';

skipPauses();

const types = Object.values<Provider>(providers).map(({ type }) => type as ProviderType);

const json = (jsonBody: string) => ({
	method: 'POST',
	sendBody: true,
	specifyBody: 'json',
	jsonBody,
});

const PLACES: Array<[string, object]> = [
	['body', json('{"currentPassword":"fake-wrong","password":"fake-new"}')],
	[
		'query',
		{ method: 'GET', sendQuery: true, queryParameters: fields(['old_password', 'fake-wrong']) },
	],
	[
		'header',
		{ method: 'DELETE', sendHeaders: true, headerParameters: fields(['X-Password', 'fake-wrong']) },
	],
];

/** What a service that answers like this is asked, and what the user is told. */
async function ask(provider: ProviderType, status: number, call: object) {
	const asked: string[] = [];
	const url = await serve((one, answer) => {
		asked.push(String(one.method));
		const isFirst = asked.length === 1 || status !== 401;
		answer.writeHead(isFirst ? status : 200, { 'Retry-After': '1' }).end('{}');
	});
	const run = { provider, credential: anyLocalPort };
	const parameters = { url, tokenUse: 'reuse', ...call };
	return {
		asked,
		again: async () => await request(parameters, run),
		...(await request(parameters, run)),
	};
}

describe.each(types)('a call of %s that carries a secret', (provider) => {
	// Agent Auth takes a POST with a JSON body alone.
	const places = provider === 'agentAuthApi' ? PLACES.slice(0, 1) : PLACES;

	it.each(places)('is sent once though it is answered with 401 (%s)', async (_, call) => {
		const { asked, error, again } = await ask(provider, 401, call);
		expect(asked).toHaveLength(1);
		expect(error?.description).toMatch(
			/The call carries a password or another secret, so it was not sent again with a new token\. Check that secret first, and then run it again\./,
		);
		expect(logins()).toHaveLength(1);
		// The token is kept, since nothing says that it is the token.
		if (provider === 'maxusApi') return;
		expect((await again()).error).toBeNull();
		expect(logins()).toHaveLength(1);
	});

	it.each([429, 500, 503])('is sent once though it is answered with %d', async (status) => {
		const options = { retryNonIdempotent: true };
		const { asked, error } = await ask(provider, status, { ...PLACES[0]?.[1], options });
		expect(error).not.toBeNull();
		expect(asked).toHaveLength(1);
	});

	it("is sent once by n8n's own helper, which repeats others after a 401", async () => {
		const asked: string[] = [];
		const url = await serve((one, answer) => {
			asked.push(String(one.url));
			answer.writeHead(asked.length < 2 ? 401 : 200).end('{}');
		});
		const send = async (path: string, body: object) =>
			await runHelpers(
				{ credentials: { [provider]: { ...sandbox.credentials[provider], ...anyLocalPort } } },
				async (context) => {
					const options = { url: `${url}${path}`, method: 'POST' as const, body, json: true };
					const { httpRequestWithAuthentication } = context.helpers;
					await httpRequestWithAuthentication.call(context, provider, options);
					return {};
				},
			);
		const { error } = await send('/secret', { password: 'fake-wrong' });
		expect(error?.message).toBe(
			'A call that carries a password is not sent again with a new token',
		);
		expect(asked).toEqual(['/secret']);
		asked.length = 0;
		expect((await send('/plain', { note: 'fake' })).error).toBeNull();
		expect(asked).toEqual(['/plain', '/plain']);
	});

	it('is sent again without it', async () => {
		const { asked, error } = await ask(provider, 401, json('{"note":"fake"}'));
		expect(error).toBeNull();
		expect(asked).toHaveLength(2);
	});
});
