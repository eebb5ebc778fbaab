import {
	parseDescription,
	readDescription,
} from '../../../../../providers/vendors/tokenApi/description/readDescription';
import { thrownBy } from '../../../../support/leaks';

const GOOD = { version: 1, name: 'Example', login: { url: '/login' } };

it('fills in what a short one leaves out', () => {
	expect(readDescription(GOOD)).toMatchObject({
		values: {},
		keepCookies: false,
		refusedIf: [],
		laterIf: [],
		login: { headers: {}, query: {}, take: {} },
	});
});

it('takes one thing where a list may stand', () => {
	const read = readDescription({
		...GOOD,
		token: { json: 'a' },
		send: { header: 'X' },
		expiredIf: { status: 403, json: 'code', is: 7 },
	});
	expect(read.token).toEqual([{ json: 'a' }]);
	expect(read.send).toEqual([{ header: 'X', value: '{{token}}', writesOnly: false }]);
	expect(read.expiredIf).toEqual([{ status: [403], json: 'code', is: ['7'] }]);
});

describe('one that cannot be right names the field, what it holds and what may stand there', () => {
	const words = async (written: unknown) => {
		const error = (await thrownBy(() => readDescription(written))) as Error & {
			description: string;
		};
		expect(error.name).toBe('InputError');
		return `${error.message}. ${error.description}`;
	};

	it.each<[string, unknown, string]>([
		[
			'an unknown version',
			{ ...GOOD, version: 2 },
			'The description is of version 2 of the format, which is not known here. This version of the package reads version 1: "version": 1.',
		],
		[
			'no version',
			{ name: 'x' },
			'The description is of version nothing of the format, which is not known here.',
		],
		['a text', 'x', '"The whole" of the description cannot be right. It holds "x".'],
		[
			'another method',
			{ ...GOOD, login: { url: '/l', method: 'FETCH' } },
			'"login.method" of the description cannot be right. It holds "FETCH". There may stand: ("GET" | "POST" | "PUT" | "PATCH" | "DELETE").',
		],
		[
			'an unknown field',
			{ ...GOOD, login: { url: '/l', metod: 'GET' } },
			'"login.metod" of the description cannot be right. It holds "metod". There is no field of that name.',
		],
		[
			'an unknown field, deep',
			{ ...GOOD, token: [{ json: 'a' }, { jsn: 'b' }] },
			'"token[1].jsn" of the description cannot be right.',
		],
		[
			'two places',
			{ ...GOOD, token: { json: 'a', header: 'b' } },
			'"token[0]" of the description cannot be right. It holds {"json":"a","header":"b"}. It needs one of json, header, cookie, xml, form, claim, body, auto.',
		],
		[
			'two bodies',
			{ ...GOOD, login: { url: '/l', json: {}, form: {} } },
			'It has one body at most: json, form or text.',
		],
		['no login', { version: 1, name: 'x' }, 'It needs a login, or a jwt whose use is "token".'],
		[
			'a name that no template can use',
			{ ...GOOD, values: { 'a b': { label: 'x' } } },
			'"values.a b" of the description cannot be right.',
		],
		[
			'no label',
			{ ...GOOD, values: { a: {} } },
			'"values.a.label" of the description cannot be right. It is missing.',
		],
	])('%s', async (_what, written, text) => {
		expect(await words(written)).toContain(text);
	});
});

describe('one that is pasted is named by its line, too', () => {
	it('where a field is wrong', async () => {
		const text = '{\n  "version": 1,\n  "name": "x",\n  "login": {\n    "url": 7\n  }\n}';
		expect(await thrownBy(() => parseDescription(text))).toMatchObject({
			message: '"login.url" of the description cannot be right (line 5)',
		});
	});

	it('where a field is missing', async () => {
		const text = '{\n  "version": 1,\n  "name": "x",\n  "login": {}\n}';
		expect(await thrownBy(() => parseDescription(text))).toMatchObject({
			message: '"login.url" of the description cannot be right (line 4)',
		});
	});

	it.each(['{\n  "version": 1,\n  "name": "x"\n  "login": {} }', '{\n\n\n// x\n}', '{\n\n\n'])(
		'where it is no JSON: %j',
		async (text) => {
			expect(await thrownBy(() => parseDescription(text))).toMatchObject({
				message: 'The description is not valid JSON (line 4)',
			});
		},
	);
});
