import { VendorError } from '../../../providers/kit/errors';
import { readJsonObject, statusDetails } from '../../../providers/kit/vendorResponse';
import { readRetryAfter } from '../../../providers/kit/retryPolicy';
import { response } from '../../support/responses';

const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('readRetryAfter', () => {
	it.each([
		['seconds', '7', 7000],
		['zero', '0', 0],
		['a time in the past', 'Wed, 31 Dec 2025 23:59:00 GMT', 0],
		['an HTTP date', 'Thu, 01 Jan 2026 00:01:30 GMT', 90_000],
		['a negative number', '-5', 0],
		['nothing', undefined, null],
		['an empty value', '', null],
		['nonsense', 'soon', null],
	])('%s', (_name, value, expected) => {
		expect(readRetryAfter({ 'retry-after': value }, NOW)).toBe(expected);
	});
});

describe('statusDetails', () => {
	it.each([429, 500, 502, 503, 504])('%i may pass', (status) => {
		expect(statusDetails(response(status, ''), NOW)).toMatchObject({
			isTransient: true,
			vendorCode: String(status),
		});
	});

	it.each([200, 400, 401, 403, 404, 501])('%i stays', (status) => {
		expect(statusDetails(response(status, ''), NOW).isTransient).toBe(false);
	});
});

describe('readJsonObject', () => {
	function messageOf(status: number, body: unknown): string {
		try {
			readJsonObject('Vendor', response(status, body), NOW);
		} catch (error) {
			expect(error).toBeInstanceOf(VendorError);
			expect(error).toMatchObject({ httpStatus: status, vendorCode: String(status) });
			expect((error as VendorError).description).toBeTruthy();
			return (error as VendorError).message;
		}
		throw new Error('Nothing was thrown');
	}

	it.each([200, 401, 500])('reads an object under HTTP %i', (status) => {
		expect(readJsonObject('Vendor', response(status, { status: 0 }), NOW)).toEqual({ status: 0 });
	});

	it.each([301, 302, 307, 308])('does not follow a redirect (%i)', (status) => {
		expect(messageOf(status, '{}')).toBe('Vendor responded to the token request with a redirect');
	});

	it.each([
		[200, '<html><h1>Sign in</h1></html>', 'a web page instead of JSON (HTTP 200)'],
		[200, 'Plain text', 'plain text instead of JSON (HTTP 200)'],
		[200, '  ', 'an empty page instead of JSON (HTTP 200)'],
		[200, '[1,2]', 'with JSON of another form (HTTP 200)'],
		[200, 'null', 'with JSON of another form (HTTP 200)'],
		[200, '"fake"', 'with JSON of another form (HTTP 200)'],
		[500, '<html></html>', 'Vendor is not available at the moment (HTTP 500)'],
		[521, '', 'Vendor is not available at the moment (HTTP 521)'],
		[404, '<html></html>', 'There is no Vendor token endpoint at this base URL (HTTP 404)'],
		[503, 'Service Unavailable', 'Vendor is not available at the moment (HTTP 503)'],
		[400, 'Client sent an HTTP request to an HTTPS server.\n', 'Vendor speaks HTTPS'],
		[
			400,
			'<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>',
			'Vendor speaks HTTPS',
		],
		[
			400,
			"Reason: You're speaking plain HTTP to an SSL-enabled server port.",
			'Vendor speaks HTTPS',
		],
		[400, 'This combination of host and port requires TLS.', 'Vendor speaks HTTPS'],
	])('says what came instead: %i %s', (status, body, message) => {
		expect(messageOf(status, body)).toContain(message);
	});

	it('shows nothing of what came', () => {
		expect(messageOf(200, 'fake-secret-for-tests')).not.toContain('fake-secret');
	});

	it('keeps when to try again', () => {
		const busy = response(503, '', { 'retry-after': '3' });
		expect(() => readJsonObject('Vendor', busy, NOW)).toThrow(
			expect.objectContaining({ isTransient: true, retryAfterMs: 3000 }),
		);
	});
});
