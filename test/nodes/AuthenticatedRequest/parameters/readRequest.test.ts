import { resolveUrl } from '../../../../nodes/AuthenticatedRequest/parameters/readRequest';
import { InputError } from '../../../../providers';

const BASE = 'https://vendor.example/australia';

it.each([
	['/fir/update', `${BASE}/fir/update`],
	['fir/update', `${BASE}/fir/update`],
	['///fir', `${BASE}/fir`],
	['  fir\t\n', `${BASE}/fir`],
	['/', `${BASE}/`],
	['?s=App.Hello', `${BASE}/?s=App.Hello`],
	['/a:b/c', `${BASE}/a:b/c`],
	['a?next=https://x.example/', `${BASE}/a?next=https://x.example/`],
	['https://other.example/x', 'https://other.example/x'],
	['HTTP://other.example/x', 'HTTP://other.example/x'],
	[' http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
])('%j', (url, expected) => {
	expect(resolveUrl(url, BASE)).toBe(expected);
});

it.each([
	['', 'The URL is empty'],
	[' \n', 'The URL is empty'],
	[undefined, 'The URL is empty'],
	[null, 'The URL is empty'],
	[7, 'The URL is empty'],
	[{}, 'The URL is empty'],
	['ftp://x.example', 'The URL must begin with https:// or http://'],
	['file:///etc/passwd', 'The URL must begin with https:// or http://'],
	['https://', 'The URL is not valid'],
	['http://[', 'The URL is not valid'],
])('%j is refused: %s', (url, message) => {
	expect(() => resolveUrl(url, BASE)).toThrow(new InputError(message));
});
