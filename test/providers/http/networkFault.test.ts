import { CanceledError, InputError, NetworkError } from '../../../providers/kit/errors';
import { explainNetworkFault } from '../../../providers/http/networkFault';
import { everythingIn } from '../../support/leaks';

const URL = 'https://vendor.example:8443/token';

/** What n8n's request helper throws: an error of axios with headers and body on it. */
function axiosError(code: string | undefined, message = code ?? ''): Error {
	return Object.assign(new Error(message), {
		code,
		config: { headers: { authorization: 'Bearer fake-token' }, data: 'fake-secret-for-tests' },
	});
}

it.each([
	['ENOTFOUND', 'The host vendor.example:8443 could not be found', false, true],
	['EAI_AGAIN', 'The host vendor.example:8443 could not be found', true, true],
	['ECONNREFUSED', 'vendor.example:8443 refused the connection', true, true],
	['EHOSTUNREACH', 'vendor.example:8443 cannot be reached from n8n', true, true],
	['ETIMEDOUT', 'vendor.example:8443 did not respond in time', true, false],
	['ECONNABORTED', 'vendor.example:8443 did not respond in time', true, false],
	['ECONNRESET', 'vendor.example:8443 closed the connection before it responded', true, false],
	['EPROTO', 'vendor.example:8443 does not speak the protocol of the address', false, true],
	[
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'The certificate of vendor.example:8443 is not trusted',
		false,
		true,
	],
	['CERT_HAS_EXPIRED', 'The certificate of vendor.example:8443 has expired', false, true],
	['CERT_UNTRUSTED', 'The certificate of vendor.example:8443 is not trusted', false, true],
	['ERR_STREAM_PREMATURE_CLOSE', 'vendor.example:8443 broke off its response', true, false],
	['HPE_STRICT', 'The response of vendor.example:8443 is not valid HTTP', false, false],
	['Z_DATA_ERROR', 'The compressed response of vendor.example:8443 is damaged', false, false],
	[
		'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
		'vendor.example:8443 wants a client certificate, or does not accept the one it got',
		false,
		true,
	],
	['ERR_SSL_WRONG_VERSION_NUMBER', 'vendor.example:8443 does not speak HTTPS', false, true],
	[
		'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR',
		'vendor.example:8443 does not speak the protocol of the address',
		false,
		true,
	],
])('%s: "%s"', (code, message, isTransient, wasNotSent) => {
	const error = explainNetworkFault(axiosError(code), URL);
	expect(error).toBeInstanceOf(NetworkError);
	expect(error).toMatchObject({ message, isTransient, wasNotSent, vendorCode: code });
	expect(error.description).not.toBe('');
});

it('finds the code in a cause', () => {
	const error = new Error('wrapped', { cause: axiosError('ECONNREFUSED') });
	expect(explainNetworkFault(error, URL).vendorCode).toBe('ECONNREFUSED');
});

it.each([
	['of axios', axiosError('ERR_CANCELED')],
	['of the platform', Object.assign(new Error('aborted'), { name: 'AbortError' })],
])('knows a stopped execution by the error %s', (_name, error) => {
	expect(explainNetworkFault(error, URL)).toBeInstanceOf(CanceledError);
});

it("says what to do when the credential's allowed domains block the request", () => {
	const message =
		'Domain not allowed: This credential is restricted from accessing vendor.example:8443. Only the following domains are allowed: a.example';
	const error = explainNetworkFault(new Error(message), URL);
	expect(error).toBeInstanceOf(InputError);
	expect(error.message).toBe('The credential does not allow requests to vendor.example:8443');
	expect(error.description).toContain('add vendor.example to "Hosts"');
});

it('says who can help when the instance blocks the address', () => {
	const blocked = new Error(
		'The request was blocked because it resolves to a restricted IP address',
	);
	expect(explainNetworkFault(blocked, URL).description).toContain('security settings');
});

it.each([
	['an unknown code', axiosError('EWHATEVER'), ' (EWHATEVER)', 'EWHATEVER'],
	[
		'an unknown code in a cause',
		new Error('fake', { cause: axiosError('ERR_ODD') }),
		' (ERR_ODD)',
		'ERR_ODD',
	],
	['a code that is text', axiosError('fake secret'), '', 'REQUEST_NOT_MADE'],
	['no code', axiosError(undefined, 'something'), '', 'REQUEST_NOT_MADE'],
	['no error at all', 'text', '', 'REQUEST_NOT_MADE'],
])('names %s, claims nothing else, and does not try again', (_name, thrown, named, vendorCode) => {
	const error = explainNetworkFault(thrown, URL);
	expect(error.message).toBe(`The request to vendor.example:8443 got no response${named}`);
	expect(error.description).toContain('The call may still have been carried out.');
	expect(error).toMatchObject({ isTransient: false, wasNotSent: false, vendorCode });
});

it.each(['ECONNRESET', 'EWHATEVER'])('takes over nothing that %s carries', (code) => {
	const error = explainNetworkFault(axiosError(code, 'fake-secret-for-tests'), URL);
	expect(everythingIn(error)).not.toMatch(/fake-secret|fake-token/);
	expect(error.cause).toBeUndefined();
});

it.each(['ECONNRESET', 'ETIMEDOUT', 'Z_DATA_ERROR', 'HPE_INVALID_HEADER_TOKEN', 'EWHATEVER'])(
	'says of a token request nothing that is for calls alone (%s)',
	(code) => {
		const url = 'https://vendor.example/token';
		const login = explainNetworkFault({ code }, url, { isTokenRequest: true });
		const call = explainNetworkFault({ code }, url);
		expect(login.message).toBe(call.message);
		expect(login.description).not.toMatch(/The call|Accept-Encoding/);
		expect(call.description).toMatch(/ The call may still have been carried out\.$/);
	},
);
