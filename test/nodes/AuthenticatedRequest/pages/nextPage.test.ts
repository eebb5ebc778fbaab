import { nextPage } from '../../../../nodes/AuthenticatedRequest/pages/nextPage';
import {
	FormFields,
	MultipartFields,
	type RequestSpec,
} from '../../../../providers/http/requestSpec';
import { parseJson } from '../../../../providers/kit/jsonNumber';
import { InputError } from '../../../../providers';

const spec = (more: Partial<RequestSpec> = {}): RequestSpec => ({
	method: 'POST',
	uri: 'https://vendor.example/pages',
	qs: { size: 10 },
	headers: { 'x-page': '1', accept: '*/*' },
	...more,
});

/** The page that n8n's pagination asks for: it merges its parameters into the request. */
function page(first: RequestSpec, changed: Record<string, object>): RequestSpec {
	const { body, qs, headers } = changed;
	const form = first.form ?? first.formData;
	if (form !== undefined) Object.assign(form, body);
	return nextPage(first, {
		...first,
		qs: { ...first.qs, ...qs },
		headers: { ...first.headers, ...headers },
		...(form === undefined && body && { body: { ...(first.body as object | undefined), ...body } }),
	});
}

const json = (text: string) => ({ body: parseJson(text), text });

it('a changed member leaves the digits of the others', () => {
	const first = spec(json('{ "id": 9007199254740993, "page": 1 }'));
	expect(page(first, { body: { page: 2 } }).text).toBe('{"id":9007199254740993,"page":2}');
});

it('JSON that nothing changes stays as it was typed', () => {
	const first = spec(json('{ "id": 9007199254740993,\n"a": 1.0 }'));
	expect(page(first, { qs: { page: 2 } })).toMatchObject({
		text: first.text,
		qs: { size: 10, page: 2 },
	});
});

it('a call without a body gets JSON', () => {
	expect(page(spec(), { body: { page: 2 } })).toMatchObject({
		text: '{"page":2}',
		headers: { 'content-type': 'application/json' },
	});
});

it('a field of a form takes the place of all of its name', () => {
	const first = spec({
		form: new FormFields([
			['a', '1'],
			['page', '1'],
			['page', '0'],
			['a', '2'],
		]),
		text: 'a=1&page=1&page=0&a=2',
	});
	expect(page(first, { body: { page: 2, at: new Date(0) } }).text).toBe(
		'a=1&a=2&page=2&at=1970-01-01T00%3A00%3A00.000Z',
	);
	expect(page(spec({ form: first.form as FormFields, text: 'typed' }), {}).text).toBe(
		'a=1&a=2&page=2&at=1970-01-01T00%3A00%3A00.000Z',
	);
});

it('a form that nothing changes stays as it was typed', () => {
	const first = spec({ form: new FormFields([['a', '�']]), text: 'a=%C4%E3' });
	expect(page(first, { qs: { page: 2 } }).text).toBe('a=%C4%E3');
});

it('a field of a multipart form may be anything that has a text', () => {
	const formData = new MultipartFields([
		['entriesOf', '1'],
		['page', '1'],
		['constructor', '1'],
	]);
	const { formData: changed } = page(spec({ formData }), {
		body: { page: { n: 2 }, entriesOf: 'x', constructor: 'y' },
	});
	expect(changed && FormFields.entriesOf(changed)).toEqual([
		['page', '{"n":2}'],
		['entriesOf', 'x'],
		['constructor', 'y'],
	]);
});

it('a header takes the place of one in another spelling', () => {
	const { headers } = page(spec(), { headers: { 'X-Page': 2 } });
	expect(headers).toEqual({ 'X-Page': '2', accept: '*/*' });
});

it.each<[message: string, change: Record<string, object>, first?: RequestSpec]>([
	['The pagination parameter "x-page" cannot hold "页" (U+9875)', { headers: { 'x-page': '页' } }],
	['The pagination parameter "page" cannot be sent: it is NaN', { qs: { page: NaN } }],
	[
		'A pagination parameter cannot change raw text or a file',
		{ body: { page: 2 } },
		spec({ raw: 'page=1' }),
	],
])('%s', (message, change, first = spec()) => {
	expect(() => page(first, change)).toThrow(new InputError(message));
});
