import type { IHttpRequestOptions } from 'n8n-workflow';

import { CanceledError, NetworkError } from '../../../providers/kit/errors';
import { sendVia } from '../../../providers/engine/transport';
import { everythingIn, thrownBy } from '../../support/leaks';

const request = {
	method: 'POST',
	url: 'https://vendor.example/token',
	headers: { 'Content-Type': 'application/json' },
	body: '{"secret":"fake-secret-for-tests"}',
} as const;

const answering = (body: unknown) =>
	jest.fn(async (_options: IHttpRequestOptions) => ({
		statusCode: 401,
		headers: { 'retry-after': '3' },
		body,
	}));

it('gives status, headers and text of whatever comes', async () => {
	await expect(sendVia(answering('{"a":1}'))(request)).resolves.toEqual({
		status: 401,
		headers: { 'retry-after': '3' },
		body: '{"a":1}',
	});
});

it('gives an empty text when there is no body', async () => {
	await expect(sendVia(answering(undefined))(request)).resolves.toMatchObject({ body: '' });
});

it('follows no redirect and lets no status throw', async () => {
	const httpRequest = answering('');
	await sendVia(httpRequest)(request);
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
	const { signal } = new AbortController();
	const options = {
		timeout: 5,
		allowUnauthorizedCerts: true,
		proxy: { host: 'proxy', port: 1 },
		signal,
	};
	await sendVia(httpRequest, options)(request);
	expect(httpRequest.mock.calls[0]?.[0]).toMatchObject({
		timeout: 5,
		skipSslCertificateValidation: true,
		proxy: { host: 'proxy', port: 1 },
		abortSignal: signal,
	});
});

it('checks certificates unless told otherwise', async () => {
	const httpRequest = answering('');
	await sendVia(httpRequest)(request);
	expect(httpRequest.mock.calls[0]?.[0].skipSslCertificateValidation).toBeFalsy();
});

it.each([
	['ECONNREFUSED', NetworkError],
	['ERR_CANCELED', CanceledError],
])('explains %s', async (code, type) => {
	const fault = Object.assign(new Error(code), { code, config: request });
	const error = await thrownBy(() => sendVia(async () => await Promise.reject(fault))(request));
	expect(error).toBeInstanceOf(type);
	expect(everythingIn(error)).not.toContain('fake-secret');
});
