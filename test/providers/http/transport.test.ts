import { Readable } from 'node:stream';

import type { IHttpRequestOptions } from 'n8n-workflow';

import { CanceledError, NetworkError } from '../../../providers/kit/errors';
import type { Connection, HttpHelpers } from '../../../providers/http/exchange';
import { sendVia } from '../../../providers/http/transport';
import { everythingIn, thrownBy } from '../../support/leaks';
import { bodyOf } from '../../support/responses';

const request = {
	method: 'POST',
	url: 'https://vendor.example/token',
	headers: { 'Content-Type': 'application/json' },
	body: '{"secret":"fake-secret-for-tests"}',
} as const;

const { signal } = new AbortController();

/** Sends the request by way of this helper. */
const send = async (httpRequest: HttpHelpers['httpRequest'], options?: Connection) =>
	await sendVia({ httpRequest }, options)(request, signal);

const answering = (...parts: string[]) =>
	jest.fn(async (_options: IHttpRequestOptions) => ({
		statusCode: 401,
		headers: { 'retry-after': '3' },
		body: bodyOf(...parts),
	}));

it('gives status, headers and text of whatever comes', async () => {
	await expect(send(answering('{"a":1}'))).resolves.toEqual({
		status: 401,
		headers: { 'retry-after': '3' },
		body: '{"a":1}',
	});
});

it('gives an empty text when there is no body', async () => {
	await expect(send(answering())).resolves.toMatchObject({ body: '' });
});

it('follows no redirect and lets no status throw', async () => {
	const httpRequest = answering();
	await send(httpRequest);
	expect(httpRequest.mock.calls[0]?.[0]).toMatchObject({
		method: 'POST',
		url: 'https://vendor.example/token',
		body: Buffer.from('{"secret":"fake-secret-for-tests"}'),
		headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
	});
});

it('passes on what the user set, and the signal of the execution', async () => {
	const httpRequest = answering();
	const options = {
		allowUnauthorizedCerts: true,
		proxy: 'http://proxy:1',
	};
	await sendVia({ httpRequest }, options)(request, signal);
	expect(httpRequest.mock.calls[0]?.[0]).toMatchObject({
		skipSslCertificateValidation: true,
		proxy: 'http://proxy:1',
		abortSignal: expect.any(AbortSignal) as AbortSignal,
	});
});

it('checks certificates unless told otherwise', async () => {
	const httpRequest = answering();
	await send(httpRequest);
	expect(httpRequest.mock.calls[0]?.[0].skipSslCertificateValidation).toBeFalsy();
});

it.each([
	['ECONNREFUSED', NetworkError],
	['ERR_CANCELED', CanceledError],
])('explains %s', async (code, type) => {
	const fault = Object.assign(new Error(code), { code, config: request });
	const error = await thrownBy(() => send(async () => await Promise.reject(fault)));
	expect(error).toBeInstanceOf(type);
	expect(everythingIn(error)).not.toContain('fake-secret');
});

it('puts the parts of an answer together, a letter that lies in two of them too', async () => {
	const [first, second] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)];
	const httpRequest = answering();
	httpRequest.mockResolvedValue({
		statusCode: 200,
		headers: {} as never,
		body: Readable.from(
			(async function* () {
				yield first;
				yield second;
			})(),
		),
	});
	await expect(send(httpRequest)).resolves.toMatchObject({ body: 'é' });
});

it('says that an answer broke off, and that the request may have been carried out', async () => {
	const reset = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
	const httpRequest = answering();
	httpRequest.mockResolvedValue({
		statusCode: 200,
		headers: {} as never,
		body: Readable.from(
			(async function* () {
				yield Buffer.from('{');
				throw reset;
			})(),
		),
	});
	await expect(send(httpRequest)).rejects.toMatchObject({
		message: 'vendor.example broke off its response',
		wasNotSent: false,
	});
});

it('takes an answer of 1 MB, and of a longer one no more than shows that', async () => {
	let read = 0;
	const megabytes = (count: number) =>
		Readable.from(
			(async function* () {
				for (; read < count * 1024; read += 1) yield Buffer.alloc(1024, 'x');
			})(),
			{ highWaterMark: 1 },
		);
	const httpRequest = answering();
	httpRequest.mockResolvedValueOnce({ statusCode: 200, headers: {} as never, body: megabytes(1) });
	await expect(send(httpRequest)).resolves.toMatchObject({ body: 'x'.repeat(1024 * 1024) });
	read = 0;
	httpRequest.mockResolvedValueOnce({
		statusCode: 200,
		headers: {} as never,
		body: megabytes(200),
	});
	await expect(send(httpRequest)).rejects.toThrow(
		'The response of vendor.example to the token request is longer than 1 MB',
	);
	expect(read).toBe(1025);
});

describe('certificates that a request is to be sent with', () => {
	const certificates = { cert: 'fake-certificate', key: 'fake-key' };
	const untrusted = Object.assign(new Error('fake'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });

	const adviceOf = async (httpRequest: HttpHelpers['httpRequest'], options?: Connection) =>
		((await thrownBy(async () => await send(httpRequest, options))) as NetworkError).description;

	it('are missed where n8n ignores them', async () => {
		expect(await adviceOf(jest.fn().mockRejectedValue(untrusted), { certificates })).toMatch(
			/This n8n ignores "SSL Certificates": that takes n8n 2\.20 or newer\.$/,
		);
	});

	it.each<[string, Connection]>([
		['n8n took them', { certificates }],
		['there are none', {}],
	])('are not spoken of where %s', async (_why, options) => {
		const taking = jest.fn(async ({ agentOptions }: IHttpRequestOptions) => {
			expect(agentOptions).toBe(options.certificates);
			throw untrusted;
		});
		expect(await adviceOf(taking, options)).not.toContain('takes no notice');
	});
});
