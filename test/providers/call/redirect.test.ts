import { redirectedRequest, redirectTarget } from '../../../providers/call/redirect';
import type { RequestSpec } from '../../../providers/http/requestSpec';

const FROM = 'https://vendor.example/a/b?c=1';

const target = (location: unknown, status = 302) =>
	redirectTarget(status, { location }, FROM)?.href ?? null;

it.each([
	['https://other.example/x', 'https://other.example/x'],
	['/x?y=1', 'https://vendor.example/x?y=1'],
	['x', 'https://vendor.example/a/x'],
	['?d=2', 'https://vendor.example/a/b?d=2'],
	['//other.example/x', 'https://other.example/x'],
	['http://', null],
	[undefined, null],
	[['/x'], null],
])('location %j leads to %s', (location, expected) => {
	expect(target(location)).toBe(expected);
});

it.each([200, 201, 300, 304, 305, 306, 400])('%s is no redirect', (status) => {
	expect(target('/x', status)).toBeNull();
});

it.each([301, 302, 303, 307, 308])('%s is one', (status) => {
	expect(target('/x', status)).toBe('https://vendor.example/x');
});

const spec: RequestSpec = {
	method: 'POST',
	uri: FROM,
	qs: { a: 1 },
	headers: { 'Content-Type': 'text/plain', 'content-length': 1, 'x-mine': 'y' },
	raw: 'x',
};

const next = (status: number, method: RequestSpec['method']) =>
	redirectedRequest({ ...spec, method }, status, new URL('https://vendor.example/x'));

it.each<[number, RequestSpec['method']]>([
	[301, 'POST'],
	[302, 'POST'],
	[303, 'POST'],
	[303, 'PUT'],
	[303, 'DELETE'],
	[303, 'GET'],
])('after %s a %s is a GET without its body', (status, method) => {
	expect(next(status, method)).toEqual({
		method: 'GET',
		uri: 'https://vendor.example/x',
		qs: {},
		headers: { 'x-mine': 'y' },
	});
});

it.each<[number, RequestSpec['method']]>([
	[301, 'PUT'],
	[302, 'PATCH'],
	[302, 'GET'],
	[303, 'HEAD'],
	[307, 'POST'],
	[308, 'POST'],
])('after %s a %s stays as it is', (status, method) => {
	expect(next(status, method)).toEqual({
		...spec,
		method,
		uri: 'https://vendor.example/x',
		qs: {},
	});
});
