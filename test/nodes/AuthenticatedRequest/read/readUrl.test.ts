import { resolveUrl } from '../../../../nodes/AuthenticatedRequest/read/readUrl';
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
	['/api.example.com/x', `${BASE}/api.example.com/x`],
	['chat.postMessage', `${BASE}/chat.postMessage`],
	['users.list?limit=1', `${BASE}/users.list?limit=1`],
	['index.php/apps?x=1', `${BASE}/index.php/apps?x=1`],
	['v1.0/items', `${BASE}/v1.0/items`],
	['orders/2.5/lines', `${BASE}/orders/2.5/lines`],
	['report.pdf', `${BASE}/report.pdf`],
	['a\\b', `${BASE}/a%5Cb`],
	['https://other.example/a\\b', 'https://other.example/a%5Cb'],
	['a b', `${BASE}/a b`],
	['undefinedness/nullable', `${BASE}/undefinedness/nullable`],
	['?state=null', `${BASE}/?state=null`],
	['a?next=https://x.example/', `${BASE}/a?next=https://x.example/`],
	['https://other.example/x', 'https://other.example/x'],
	['HTTP://other.example/x', 'HTTP://other.example/x'],
	[' http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
])('%j', (url, expected) => {
	expect(resolveUrl(url, BASE)).toBe(expected);
});

it.each<unknown[]>([
	['', 'The URL is empty'],
	[' \n', 'The URL is empty'],
	[undefined, 'The URL is empty'],
	[null, 'The URL is empty'],
	[7, 'The URL cannot be sent: it is a number'],
	[{}, 'The URL cannot be sent: it is an Object'],
	[['/a'], 'The URL cannot be sent: it is an Array'],
	[true, 'The URL cannot be sent: it is a boolean'],
	[Symbol('x'), 'The URL cannot be sent: it is a symbol'],
	['/\ud83d', 'The URL cannot be sent: it holds half of a character'],
	['ftp://x.example', 'The URL must begin with https:// or http://'],
	['file:///etc/passwd', 'The URL must begin with https:// or http://'],
	['https://', 'The URL is not valid'],
	['http://[', 'The URL is not valid'],
	['https:/vendor.example/x', 'The URL must begin with https:// or http://'],
	['https:vendor.example', 'The URL must begin with https:// or http://'],
	['http:\\\\vendor.example', 'The URL must begin with https:// or http://'],
	['/a\nb', 'The URL holds a line break, a tab or another control character'],
	['https://ven\tdor.example', 'The URL holds a line break, a tab or another control character'],
	['/a\0', 'The URL holds a line break, a tab or another control character'],
	['/orders/{{ $json.id }}', 'The URL holds an expression that was not resolved'],
	['/orders/undefined', 'The URL holds "undefined" in the place of a value'],
	['/orders/null/lines', 'The URL holds "null" in the place of a value'],
	['https://vendor.example/NaN?x=1', 'The URL holds "NaN" in the place of a value'],
	['/orders?id=[object Object]', 'The URL holds "[object Object]" in the place of a value'],
	...[
		['api.example.com/x', 'api.example.com'],
		['vendor.example', 'vendor.example'],
		['WWW.Example.COM?x=1', 'WWW.Example.COM'],
		['localhost/x', 'localhost'],
		['localhost:8080/x', 'localhost:8080'],
		['10.0.0.1/x', '10.0.0.1'],
		['10.0.0.1:80', '10.0.0.1:80'],
		['[::1]/x', '[::1]'],
		['xn--fiqs8s.example/x', 'xn--fiqs8s.example'],
	].map(([url, host]) => [url, `It is not clear whether "${host}" in the URL is a host or a path`]),
])('%p is refused: %s', (url, message) => {
	expect(() => resolveUrl(url, BASE)).toThrow(new InputError(String(message)));
});
