import type { IHttpRequestOptions } from 'n8n-workflow';

import { CanceledError, NetworkError } from '../../../providers/kit/errors';
import { sendVia, type HttpHelper, type SendOptions } from '../../../providers/engine/transport';
import { everythingIn, thrownBy } from '../../support/leaks';

const request = {
	method: 'POST',
	url: 'https://vendor.example/token',
	headers: { 'Content-Type': 'application/json' },
	body: '{"secret":"fake-secret-for-tests"}',
} as const;

const { signal } = new AbortController();

/** Sends the request by way of this helper. */
const send = async (httpRequest: HttpHelper, options?: SendOptions) =>
	await sendVia(httpRequest, options)(request, 30_000, signal);

const answering = (body: unknown) =>
	jest.fn(async (_options: IHttpRequestOptions) => ({
		statusCode: 401,
		headers: { 'retry-after': '3' },
		body,
	}));

it('gives status, headers and text of whatever comes', async () => {
	await expect(send(answering('{"a":1}'))).resolves.toEqual({
		status: 401,
		headers: { 'retry-after': '3' },
		body: '{"a":1}',
	});
});

it('gives an empty text when there is no body', async () => {
	await expect(send(answering(undefined))).resolves.toMatchObject({ body: '' });
});

it('follows no redirect and lets no status throw', async () => {
	const httpRequest = answering('');
	await send(httpRequest);
	expect(httpRequest.mock.calls[0]?.[0]).toMatchObject({
		...request,
		headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		timeout: 30_000,
	});
});

it('passes on what the user set, and the signal of the execution', async () => {
	const httpRequest = answering('');
	const options = {
		allowUnauthorizedCerts: true,
		proxy: { host: 'proxy', port: 1 },
	};
	await sendVia(httpRequest, options)(request, 5, signal);
	expect(httpRequest.mock.calls[0]?.[0]).toMatchObject({
		timeout: 5,
		skipSslCertificateValidation: true,
		proxy: { host: 'proxy', port: 1 },
		abortSignal: signal,
	});
});

it('checks certificates unless told otherwise', async () => {
	const httpRequest = answering('');
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
