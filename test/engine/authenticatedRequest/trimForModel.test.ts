import { onlyJson, request, sandbox } from './setup';

import { AuthenticatedRequest } from '../../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { runNode } from '../harness';
import { engine } from '../engine';

const people = {
	records: [
		{ id: 1, name: '小白', address: { city: 'Sydney', street: 'x' } },
		{ id: 2, name: 'Mei', address: { city: 'Perth', street: 'y' } },
	],
};

/** Runs the node as n8n offers it to an agent. */
async function asTool(parameters: object, body: unknown, contentType?: string) {
	const node = new AuthenticatedRequest(engine);
	// n8n names the tool that it makes of a node like this.
	node.description = { ...node.description, name: 'authenticatedRequestTool' };
	sandbox.faults.maxus.businessFailures = [
		{ status: 200, body: typeof body === 'string' ? body : JSON.stringify(body), contentType },
	];
	const { items, error } = await runNode({
		node,
		parameters: { provider: 'maxusApi', url: '/echo', optimizeResponse: true, ...parameters },
		credentials: { maxusApi: sandbox.credentials.maxusApi },
	});
	return { json: items.map((item) => item.json), error };
}

describe('JSON', () => {
	it('a field that holds the data', async () => {
		const { json } = await asTool({ dataField: 'records' }, people);
		expect(json).toEqual(people.records);
	});

	it('chosen fields', async () => {
		const { json } = await asTool(
			{ dataField: 'records', fieldsToInclude: 'selected', fields: 'id, address.city' },
			people,
		);
		expect(json).toEqual([
			{ id: 1, address: { city: 'Sydney' } },
			{ id: 2, address: { city: 'Perth' } },
		]);
	});

	it('all but some fields', async () => {
		const { json } = await asTool(
			{ dataField: 'records', fieldsToInclude: 'except', fields: 'name,address.street' },
			people,
		);
		expect(json).toEqual([
			{ id: 1, address: { city: 'Sydney' } },
			{ id: 2, address: { city: 'Perth' } },
		]);
	});

	it('fields of one record', async () => {
		const { json } = await asTool(
			{ fieldsToInclude: 'selected', fields: 'name' },
			{ id: 1, name: 'x' },
		);
		expect(json).toEqual([{ name: 'x' }]);
	});

	it.each(['id, id', 'address, address.city'])(
		'fields that are chosen twice: %s',
		async (fields) => {
			const { json, error } = await asTool({ fieldsToInclude: 'selected', fields }, [
				{ id: 1, address: { city: 'Sydney' } },
			]);
			expect(error).toBeNull();
			expect(json).toEqual([fields === 'id, id' ? { id: 1 } : { address: { city: 'Sydney' } }]);
		},
	);

	it('a field that is not there is named', async () => {
		const { error } = await asTool({ dataField: 'rows' }, people);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'The response has no field "rows"',
		});
	});

	it.each([
		[{ dataField: ' records ' }, people, people.records],
		[{ dataField: 'a.b' }, { 'a.b': [{ id: 1 }], a: { b: 2 } }, [{ id: 1 }]],
		[{ dataField: 'note' }, { note: 'plain words' }, [{ data: 'plain words' }]],
		[
			{ dataField: 'inner' },
			{ inner: '[{"id":12345678901234567890}]' },
			[{ id: '12345678901234567890' }],
		],
		[{ dataField: 'id' }, [{ id: 1 }, { no: 2 }], [{ data: 1 }, {}]],
		[
			{ fieldsToInclude: 'selected', fields: 'tags[0], id' },
			{ tags: ['x', 'y'], id: 1 },
			[{ tags: ['x'], id: 1 }],
		],
		[{ fieldsToInclude: 'selected', fields: 'id, id.x' }, { id: 1 }, [{ id: 1 }]],
		[{ fieldsToInclude: 'selected', fields: 'constructor' }, { id: 1 }, [{}]],
		[
			{ fieldsToInclude: 'selected', fields: 'id' },
			[1, 'x', { id: 2 }],
			[{ data: 1 }, { data: 'x' }, { id: 2 }],
		],
		[
			{ fieldsToInclude: 'except', fields: 'a["b.c"]' },
			{ a: { 'b.c': 1, d: 2 } },
			[{ a: { d: 2 } }],
		],
		[{ optimizeResponse: 'false', dataField: 'none' }, people, [people]],
	])('%j of %j', async (parameters, body, expected) => {
		const { json, error } = await asTool(parameters, body);
		expect(error).toBeNull();
		expect(json).toEqual(expected);
	});

	it.each([
		['plain words', 'text/plain'],
		['<p>a page</p>', 'text/html'],
		['a,b\n1,2', 'text/csv'],
	])('%j, which is none, is passed on as it is', async (body, contentType) => {
		expect((await asTool({}, body, contentType)).json).toEqual([{ data: body }]);
	});

	it('is wanted where fields of it are', async () => {
		const except = { fieldsToInclude: 'except', fields: 'secret' };
		expect((await asTool(except, 'plain words', 'text/plain')).error?.message).toBe(
			'The response is not JSON, so no field of it can be chosen',
		);
	});

	it.each(['none', 'constructor'])(
		'a field that no entry of a list has is named: %s',
		async (dataField) => {
			const { error } = await asTool({ dataField }, [{ id: 1 }, { id: 2 }]);
			expect(error?.message).toContain(`The response has no field "${dataField}"`);
		},
	);

	it('nothing is asked of a list of plain values', async () => {
		const { json, error } = await asTool({ fieldsToInclude: 'selected', fields: 'id' }, [1, null]);
		expect(error).toBeNull();
		expect(json).toHaveLength(2);
	});
});

describe('text', () => {
	const page =
		'<!doctype html><head><title>t</title></head><body><style>a{}</style>\n<script>if (1 < 2) {}</script>' +
		'<h1>Hello &amp; welcome</h1><!-- no --><p>1 &lt; 2&nbsp;&quot;小白&quot;</p></body>';

	it('of a page', async () => {
		const { json } = await asTool({ responseType: 'text' }, page, 'text/html');
		expect(json).toEqual([{ data: 'Hello & welcome 1 < 2 "小白"' }]);
	});

	it.each([
		['Caf&eacute; &ndash; 5&nbsp;&euro; &#x5c0f;&#30333;', 'Café – 5 € 小白'],
		['<p>R&amp;D &amp;eacute; &nobody; AT&T</p>', 'R&D &eacute; &nobody; AT&T'],
		['<ul><li>one<li>two</ul><table><tr><td>3<td>4</table>five<br>six', 'one two 3 4 five six'],
	])('%s is %s', async (body, text) => {
		const { json } = await asTool({ responseType: 'text' }, body, 'text/html');
		expect(json).toEqual([{ data: text }]);
	});

	it('of a page with beginnings that have no end', async () => {
		const { json } = await asTool(
			{ responseType: 'text' },
			'<head><p>one 1 < 2<noscript> <script>"<script><!--"</script> <a <b>two<!-- <!-- <script> -->' +
				'<noscript>gone</noscript> three<!-- gone <script>gone',
			'text/html',
		);
		expect(json).toEqual([{ data: 'one 1 < 2 <a two three' }]);
	});

	it.each(['<', '<a ', '<!--', '<script ', '<style><head><noscript><script>'])(
		'of a page that is a megabyte of %p takes no longer than its length',
		async (beginning) => {
			const start = performance.now();
			const { error } = await asTool(
				{ responseType: 'text', truncateResponse: true },
				beginning.repeat(1_000_000 / beginning.length),
				'text/html',
			);
			expect(error).toBeNull();
			expect(performance.now() - start).toBeLessThan(3000);
		},
	);

	it.each([
		[{ truncateResponse: true }, 1000],
		[{ truncateResponse: true, maxLength: 5 }, 5],
		[{ truncateResponse: false }, 3000],
	])('%j', async (parameters, length) => {
		const { json } = await asTool(
			{ responseType: 'text', ...parameters },
			'x'.repeat(3000),
			'text/plain',
		);
		expect(json).toEqual([{ data: 'x'.repeat(length) }]);
	});
});

describe('HTML', () => {
	const page =
		'<!doctype html><html><head><title>t</title></head><body class="main"><nav>Home</nav>\n' +
		'<div id="a" class="card">Caf&eacute;\n  <b>open</b><img src="x.png"></div>' +
		'<div class="card">R&amp;D <span class="ad">Buy!</span><script>x()</script></div></body></html>';

	const told = async (parameters: object, body: unknown = page) => {
		const { json, error } = await asTool(
			{ responseType: 'html', ...parameters },
			body,
			'text/html',
		);
		return error ?? JSON.parse(json[0]?.data as string);
	};

	it.each([
		['#a', ['Café <b>open</b><img src="x.png">']],
		['div.card b, nav', ['Home', 'open']],
		['[src$=".png"]', ['']],
		['div:nth-of-type(2) > .ad', ['Buy!']],
		['p', []],
	])('what is inside %s', async (cssSelector, expected) => {
		expect(await told({ cssSelector })).toEqual(expected);
	});

	it('the body, when no selector is given', async () => {
		expect(await told({ onlyContent: true })).toEqual(['Home Café open R&D Buy!']);
	});

	it.each(['<p>a</p><p>b', '<title>t</title><p>a</p><p>b', 'a<br>b'])(
		'the body of a page that leaves its tags out: %s',
		async (body) => {
			expect(await told({ onlyContent: true, elementsToOmit: 'title' }, body)).toEqual(['a b']);
		},
	);

	it('only the text, without what is to be omitted', async () => {
		const cssSelector = '.card';
		expect(await told({ cssSelector, onlyContent: true })).toEqual(['Café open', 'R&D Buy!']);
		expect(await told({ cssSelector, onlyContent: true, elementsToOmit: '.ad, b,' })).toEqual([
			'Café',
			'R&D',
		]);
	});

	it('nothing is omitted while the tags are passed on, as in HTTP Request', async () => {
		const parameters = { cssSelector: 'nav', onlyContent: false, elementsToOmit: 'nav' };
		expect(await told(parameters)).toEqual(['Home']);
	});

	it('cut to a length', async () => {
		const parameters = { cssSelector: 'nav', truncateResponse: true, maxLength: 8 };
		const { json } = await asTool({ responseType: 'html', ...parameters }, page, 'text/html');
		expect(json).toEqual([{ data: '[\n  "Hom' }]);
	});

	it.each([
		['cssSelector', 'div[[', 'Selector (CSS) "div[[" is not a CSS selector'],
		['cssSelector', '', 'Selector (CSS) "" is not a CSS selector'],
		['cssSelector', 'a:nothing', 'Selector (CSS) "a:nothing" is not a CSS selector'],
		['elementsToOmit', '.', 'Elements To Omit "." is not a CSS selector'],
	])('%s %j is refused before any call', async (name, selector, message) => {
		const error = await told({ onlyContent: true, [name]: selector });
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message,
		});
		expect(sandbox.requests).toEqual([]);
	});

	it('a page nested too deeply to be read in time is refused', async () => {
		expect(await told({ cssSelector: 'i' }, '<div>'.repeat(200_000))).toMatchObject({
			name: 'NodeApiError',
			message: 'The elements of the page are nested too deeply to select from',
		});
	});

	it.each(['<', '<a ', '<!--', '<script ', '<p>', '<b><p>', '&'])(
		'a page that is a megabyte of %p is read to its end, instead of for hours',
		async (beginning) => {
			const page = beginning.repeat(1_000_000 / beginning.length);
			expect(await told({ cssSelector: 'i, p b' }, page)).toBeDefined();
		},
	);
});

it('no half of a character is left where text is cut', async () => {
	const parameters = { responseType: 'text', truncateResponse: true, maxLength: 2 };
	expect((await asTool(parameters, 'a😀b', 'text/plain')).json).toEqual([{ data: 'a' }]);
});

it.each([
	[{ responseType: 'xml' }, '"Expected Response Type" cannot be "xml"'],
	[{ fieldsToInclude: 'some' }, '"Include Fields" cannot be "some"'],
	[{ fieldsToInclude: 'selected', fields: ' , ' }, '"Fields" is empty'],
	[{ fieldsToInclude: 'except', fields: '={{ undefined }}' }, '"Fields" is empty'],
	[{ fieldsToInclude: 'except', fields: 'a..b' }, '"Fields" cannot be "a..b"'],
	[{ fieldsToInclude: 'selected', fields: '__proto__' }, '"Fields" cannot be "__proto__"'],
	[{ dataField: '={{ ["a"] }}' }, '"Field Containing Data" cannot be sent: it is not text'],
	[
		{ responseType: 'text', truncateResponse: '={{ "x" }}' },
		'"Truncate Response" must be true or false',
	],
	[
		{ responseType: 'text', truncateResponse: true, maxLength: 0 },
		'"Max Response Characters" must be a number, 1 or more',
	],
	[
		{ responseType: 'text', truncateResponse: true, maxLength: -5 },
		'"Max Response Characters" must be a number, 1 or more',
	],
	[
		{ responseType: 'text', truncateResponse: true, maxLength: 'abc' },
		'"Max Response Characters" must be a number, 1 or more',
	],
	[
		{ responseType: 'text', truncateResponse: true, maxLength: '={{ NaN }}' },
		'"Max Response Characters" must be a number, 1 or more',
	],
	[
		{ responseType: 'html', cssSelector: '={{ ["li"] }}' },
		'"Selector (CSS)" cannot be sent: it is not text',
	],
	[{ responseType: 'html', onlyContent: 'x' }, '"Return Only Content" must be true or false'],
])('%j is refused by name, before any call', async (parameters, message) => {
	const { error } = await asTool(parameters, people);
	expect(error?.name).toBe('NodeOperationError');
	expect(error?.message).toContain(message);
	expect(sandbox.requests).toEqual([]);
});

it('nothing is trimmed while it is switched off', async () => {
	const { json } = await asTool({ optimizeResponse: false, dataField: 'records' }, people);
	expect(json).toEqual([people]);
});

it('nothing is trimmed for a workflow', async () => {
	sandbox.faults.maxus.businessFailures = [{ status: 200, body: JSON.stringify(people) }];
	expect(await onlyJson({ optimizeResponse: true, dataField: 'records' })).toEqual(people);
});

it('the host is checked when a model fills in the URL', async () => {
	const { error } = await asTool({ url: `${sandbox.strangerUrl}/steal` }, {});
	expect(error?.name).toBe('NodeOperationError');
	expect(sandbox.requests).toEqual([]);
	expect((await request()).error).toBeNull();
});
