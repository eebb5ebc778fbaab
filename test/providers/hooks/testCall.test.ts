import type { IHttpRequestOptions } from 'n8n-workflow';

import { makeTestCall } from '../../../providers/hooks/testCall';
import type { HttpHelpers } from '../../../providers/http/exchange';
import { thrownBy } from '../../support/leaks';
import { bodyOf } from '../../support/responses';

const CALL: IHttpRequestOptions = {
	method: 'GET',
	baseURL: 'https://api.example/base',
	url: '/me',
	headers: { Authorization: 'Bearer fake-token' },
};

const RULES = [
	{ type: 'responseCode' as const, properties: { value: 404, message: 'Nothing is there.' } },
];

/** n8n's helper over a service that answers so; `data:` URLs are answered or not. */
const helperOver = (statusCode: number, body: string, allowsData = true) =>
	jest.fn(async ({ url }: IHttpRequestOptions) => {
		if (!url.startsWith('data:')) return { statusCode, headers: {}, body: bodyOf(body) };
		if (allowsData) return '';
		throw new Error('Invalid URL');
	});

const make = async (helper: HttpHelpers['httpRequest'], more: object = {}) =>
	await makeTestCall(
		helper,
		{ ...CALL, ...more },
		{ rules: RULES, refusalOf: () => null },
		new AbortController().signal,
	);

it('leaves n8n a request that needs no server and holds no token', async () => {
	const helper = helperOver(200, '{}');
	expect(await make(helper)).toEqual({ url: 'data:,', method: 'GET' });
	expect(helper).toHaveBeenCalledTimes(2);
});

it('leaves n8n a request without the token where only real addresses are allowed', async () => {
	expect(await make(helperOver(200, '{}', false))).toEqual({
		url: 'https://api.example/',
		method: 'HEAD',
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	});
});

it.each([
	[403, 'Check the Test Path of the credential, and whether its account may call it with GET.'],
	[302, 'It redirects: let the Base URL and the Test Path give the final address.'],
	[503, 'Try again later.'],
	[429, 'Try again later.'],
])('says what to do about HTTP %i', async (status, description) => {
	expect(await thrownBy(async () => await make(helperOver(status, 'no')))).toMatchObject({
		message: `The login succeeded, but the service responded to the call after it with HTTP ${status}`,
		description,
	});
});

it('says what the credential says about a status', async () => {
	const error = await thrownBy(async () => await make(helperOver(404, 'no')));
	expect(error).toMatchObject({ message: 'Nothing is there.' });
});

it('takes any status where the credential does, and a body without an end', async () => {
	const taken = await make(helperOver(500, 'no'), { ignoreHttpStatusErrors: true });
	expect(taken.url).toBe('data:,');
	const long = await make(helperOver(200, 'x'.repeat(3_000_000)));
	expect(long.url).toBe('data:,');
});

it.each(['ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED'])(
	'says %s in words',
	async (code) => {
		const helper = jest.fn(async () => {
			throw Object.assign(new Error(code), { code });
		});
		const { message } = (await thrownBy(async () => await make(helper))) as Error;
		expect(message).toMatch(/^The login succeeded, but not the call after it: .*api\.example/);
		expect(message).not.toContain(code);
	},
);
