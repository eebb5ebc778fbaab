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

	it('a field that is not there is named', async () => {
		const { error } = await asTool({ dataField: 'rows' }, people);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'The response has no field "rows"',
		});
	});

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
