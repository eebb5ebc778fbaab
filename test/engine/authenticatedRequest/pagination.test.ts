import {
	calls,
	fields,
	jsonOf,
	logins,
	numbered,
	onlyJson,
	anyLocalPort,
	readForm,
	request,
	responseOption,
	sandbox,
	strangers,
	tokens,
	type RequestRun,
} from './setup';

import { everythingIn } from '../../support/leaks';

/** Options that paginate; the service has 5 entries, 2 on a page. */
const paginated = (pagination: object, more: object = {}) => ({
	url: '/pages',
	options: { pagination: { pagination }, ...more },
});

const byParameter = (type: string, name: string, value: string) => ({
	paginationMode: 'updateAParameterInEachRequest',
	parameters: { parameters: [{ type, name, value }] },
});

const until = (completeExpression: string) => ({
	paginationCompleteWhen: 'other',
	completeExpression,
});

const pageInQuery = byParameter('qs', 'page', '={{ $pageCount + 1 }}');

const byNextUrl = {
	paginationMode: 'responseContainsNextURL',
	nextURL: '={{ $response.body.next ?? $request.uri }}',
	...until('={{ $response.body.next === null }}'),
};

const atMost = (maxRequests: number) => ({ limitPagesFetched: true, maxRequests });

/** The entries of all pages. */
async function entries(parameters: object, run?: RequestRun): Promise<number[]> {
	const pages = (await jsonOf(parameters, run)) as Array<{ items: Array<{ id: number }> }>;
	return pages.flatMap(({ items }) => items.map(({ id }) => id));
}

describe('by a parameter', () => {
	it('of the query, until an expression is true', async () => {
		const complete = until('={{ $response.body.items.length < 2 }}');
		expect(await entries(paginated({ ...pageInQuery, ...complete }))).toEqual([1, 2, 3, 4, 5]);
		expect(calls().map(({ query }) => query)).toEqual(['page=1', 'page=2', 'page=3']);
	});

	it('gives an item for each page, paired with its input', async () => {
		const complete = until('={{ $response.body.next === null }}');
		const { items } = await request(paginated({ ...pageInQuery, ...complete }), {
			items: numbered(2),
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 0, 1, 1, 1].map((item) => ({ item })),
		);
	});

	it('keeps the rest of the call', async () => {
		await jsonOf({
			...paginated({ ...pageInQuery, ...atMost(2) }),
			sendQuery: true,
			queryParameters: fields(['total', '9'], ['名', '小白']),
			sendHeaders: true,
			headerParameters: fields(['X-Dealer', 'AU-1']),
		});
		expect(calls()).toHaveLength(2);
		for (const { query, headers } of calls()) {
			expect(Object.fromEntries(new URLSearchParams(query))).toMatchObject({
				total: '9',
				名: '小白',
			});
			expect(headers['x-dealer']).toBe('AU-1');
		}
	});

	it.each([
		['json', { page: 1, a: 1 }, { page: 2, a: 1 }],
		['form-urlencoded', 'a=1&page=1', 'a=1&page=2'],
	])('of the body: %s', async (contentType, first, second) => {
		const pages = await jsonOf({
			...paginated({ ...byParameter('body', 'page', '={{ $pageCount + 1 }}'), ...atMost(2) }),
			url: '/echo',
			method: 'POST',
			sendBody: true,
			contentType,
			bodyParameters: fields(['a', 1]),
		});
		expect(pages.map(({ body }) => body)).toEqual([first, second]);
	});

	it('of the body: multipart', async () => {
		await jsonOf({
			...paginated({ ...byParameter('body', 'page', '={{ $pageCount + 1 }}'), ...atMost(2) }),
			url: '/echo',
			method: 'POST',
			sendBody: true,
			contentType: 'multipart-form-data',
			bodyParameters: fields(['a', 1]),
		});
		expect(await Promise.all(calls().map(readForm))).toEqual([
			[
				['a', '1'],
				['page', '1'],
			],
			[
				['a', '1'],
				['page', '2'],
			],
		]);
	});

	it('of the headers', async () => {
		const byHeader = byParameter('headers', 'x-page', '={{ $pageCount + 1 }}');
		await jsonOf({ ...paginated({ ...byHeader, ...atMost(2) }), url: '/echo' });
		expect(calls().map(({ headers }) => headers['x-page'])).toEqual(['1', '2']);
		expect(new Set(calls().map(({ token }) => token)).size).toBe(2);
	});

	it.each([
		[byParameter('qs', '', '1'), 'A pagination parameter has no name or no value'],
		[byParameter('qs', 'page', ''), 'A pagination parameter has no name or no value'],
		[byParameter('cookie', 'a', 'b'), 'The pagination parameter "a" has an unknown type'],
		[
			{ paginationMode: 'updateAParameterInEachRequest', parameters: { parameters: [] } },
			'Pagination has no parameter to change',
		],
		[
			{ ...pageInQuery, ...until('') },
			'The "Complete Expression" of the pagination is empty or invalid',
		],
	])('that cannot be right is refused before any call: %#', async (pagination, message) => {
		const { error } = await request(paginated(pagination));
		expect(error).toMatchObject({ name: 'NodeOperationError', message });
		expect(sandbox.requests).toEqual([]);
	});
});

describe('by the next URL', () => {
	it('until there is none', async () => {
		expect(await entries(paginated(byNextUrl))).toEqual([1, 2, 3, 4, 5]);
		expect(calls()).toHaveLength(3);
	});

	it('follows each item to its end', async () => {
		const url = '={{ "/pages?total=" + $json.id }}';
		const { items } = await request({ ...paginated(byNextUrl), url }, { items: numbered(6) });
		const count = (item: number) =>
			items.filter(({ pairedItem }) => (pairedItem as { item: number }).item === item).length;
		expect([0, 1, 2, 3, 4, 5].map(count)).toEqual([1, 1, 1, 2, 2, 3]);
	});

	it('to a stranger is refused, and the stranger gets nothing', async () => {
		const { error } = await request({ ...paginated(byNextUrl), url: '/pages-elsewhere' });
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringContaining(`must not go to ${new URL(sandbox.strangerUrl).host}`),
			context: { itemIndex: 0 },
		});
		expect(strangers()).toEqual([]);
		expect(everythingIn(error)).not.toContain(tokens()[0]);
	});

	it('to a stranger goes where the credential allows it', async () => {
		const parameters = { ...paginated({ ...byNextUrl, ...atMost(2) }), url: '/pages-elsewhere' };
		await jsonOf(parameters, { credential: anyLocalPort });
		expect(strangers()).toHaveLength(1);
	});

	it('that is none stops with advice', async () => {
		const { error } = await request(
			paginated({ ...byNextUrl, nextURL: '={{ $response.body.nothing ?? "no url" }}' }),
		);
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: 'The URL of the next page is not valid',
		});
	});
});

describe('complete', () => {
	it('when the response is empty', async () => {
		const empty = { status: 200, body: '', contentType: 'text/plain' };
		const list = { status: 200, body: '[{"id":1}]' };
		sandbox.faults.maxus.businessFailures = [list, { ...list, body: '[{"id":2}]' }, empty];
		const json = await jsonOf(
			paginated({ ...pageInQuery, paginationCompleteWhen: 'responseIsEmpty' }),
		);
		expect(json.slice(0, 2)).toEqual([{ id: 1 }, { id: 2 }]);
		expect(calls()).toHaveLength(3);
	});

	it('when the response is an empty list', async () => {
		const list = { status: 200, body: '[{"id":1}]' };
		sandbox.faults.maxus.businessFailures = [list, { status: 200, body: '[]' }];
		expect(await jsonOf(paginated(pageInQuery))).toEqual([{ id: 1 }]);
	});

	it('when a status comes that says so', async () => {
		sandbox.faults.maxus.businessFailures = [
			{ status: 200, body: '{"page":1}' },
			{ status: 200, body: '{"page":2}' },
			{ status: 404, body: '{"page":"none"}' },
		];
		const json = await jsonOf(
			paginated({
				...pageInQuery,
				paginationCompleteWhen: 'receiveSpecificStatusCodes',
				statusCodesWhenComplete: '410, 404',
			}),
		);
		expect(json).toEqual([{ page: 1 }, { page: 2 }, { page: 'none' }]);
	});

	it('when there are pages enough', async () => {
		expect(await entries(paginated({ ...pageInQuery, ...atMost(2) }))).toEqual([1, 2, 3, 4]);
		expect(calls()).toHaveLength(2);
	});

	it('when other requests give the same page again and again', async () => {
		const { error } = await request({
			...paginated(byParameter('qs', 'a', '={{ $pageCount }}')),
			url: '/status/200',
		});
		expect(error).toMatchObject({ name: 'NodeOperationError' });
		expect(error?.message).toContain('identical');
	});
});

describe('nothing is lost in silence', () => {
	it.each([
		['a fixed value', byParameter('qs', 'a', 'same')],
		['an expression that gives nothing', byParameter('qs', 'a', '={{ $response.body.cursor }}')],
		['one that throws', byParameter('qs', 'a', '={{ $response.body.paging.cursor }}')],
		[
			'a next URL that throws',
			{ ...byNextUrl, nextURL: '={{ $response.body.paging.next }}', ...until('={{ false }}') },
		],
		[
			'a next URL that is there only once',
			{
				...byNextUrl,
				nextURL: '={{ $request.uri.split("?")[0] + "?page=2" }}',
				...until('={{ false }}'),
			},
		],
	])('two pages that are one request: %s', async (_what, pagination) => {
		const { error } = await request(paginated(pagination));
		expect(error?.message).toMatch(/^Page [23] would be the same request as page [12]$/);
		expect(error?.description).toContain('"Pagination Complete When"');
		expect(calls().length).toBeLessThanOrEqual(2);
	});

	it.each([
		'{{ $response.body.paging.next === null }}',
		'{{ $response.body.items[7].id === 1 }}',
		'{{ $response.body.nothing() }}',
		'{{ $request.body.deep.page === 3 }}',
	])('a stop condition that throws: %s', async (expression) => {
		const { error } = await request(paginated({ ...pageInQuery, ...until(`=${expression}`) }));
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: 'The "Complete Expression" of the pagination throws on page 1',
		});
	});

	it.each([
		['{{ $response.body.next }}', 'undefined, so true only of the last page'],
		['{{ [$response.body.next, true][1] }}', 'with a comma'],
		['{{ null }}', 'nothing'],
	])('%s is no such condition (%s)', async (expression) => {
		const { error, items } = await request(
			paginated({ ...pageInQuery, ...until(`=${expression}`), ...atMost(3) }),
		);
		expect(error).toBeNull();
		expect(items.length).toBeGreaterThan(0);
	});

	it('a limit on pages stops before the condition is asked', async () => {
		const throwing = until('={{ $response.body.paging.next === null }}');
		expect(await entries(paginated({ ...pageInQuery, ...throwing, ...atMost(1) }))).toEqual([1, 2]);
	});

	const postJson = (jsonBody: unknown, name: string) => ({
		...paginated({ ...byParameter('body', name, '={{ $pageCount + 1 }}'), ...atMost(2) }),
		url: '/echo',
		method: 'POST',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: typeof jsonBody === 'string' ? jsonBody : JSON.stringify(jsonBody),
	});

	it.each([
		[{ param: [{ page: 0, size: 5 }] }, 'param[0].page', '{"param":[{"page":2,"size":5}]}'],
		[{ filter: { page: 0 } }, 'filter.page', '{"filter":{"page":2}}'],
		[{}, 'filter.page.number', '{"filter":{"page":{"number":2}}}'],
		[{ 'filter.page': 0 }, 'filter.page', '{"filter.page":2}'],
		[[{ page: 0 }, 'x'], '[0].page', '[{"page":2},"x"]'],
		[
			'{"id":12345678901234567890,"a":{"page":0}}',
			'a.page',
			'{"id":12345678901234567890,"a":{"page":2}}',
		],
	])('a field within the body changes: %j by %s', async (body, name, second) => {
		await jsonOf(postJson(body, name));
		expect(calls().map((call) => call.body)[1]).toBe(second);
	});

	it('a body without any field gets those of the path', async () => {
		await jsonOf({
			...paginated({ ...byParameter('body', 'a.page', '={{ $pageCount + 1 }}'), ...atMost(2) }),
			url: '/echo',
			method: 'POST',
		});
		expect(calls().map(({ body }) => body)).toEqual(['{"a":{"page":1}}', '{"a":{"page":2}}']);
	});

	it('a list has no field to change', async () => {
		const { error } = await request(postJson([1, 2], 'page'));
		expect(error).toMatchObject({
			message: 'The pagination parameter "page" cannot be set: the body is a list',
			description: 'Name an item of the list, and its field, e.g. [0].page.',
		});
		expect(calls()).toEqual([]);
	});
});

describe('a wrong value is refused by the name of its field, before any call', () => {
	const asCodes = (statusCodesWhenComplete: unknown) => ({
		...pageInQuery,
		paginationCompleteWhen: 'receiveSpecificStatusCodes',
		statusCodesWhenComplete,
	});
	const limited = (maxRequests: unknown) => ({
		...pageInQuery,
		limitPagesFetched: true,
		maxRequests,
	});
	const inHeader = (name: unknown) => byParameter('headers', name as string, '={{ $pageCount }}');
	const pages = '"Max Pages" must be a whole number, 1 or more';
	const interval = '"Request Interval (Ms)" must be a number, 0 or more';
	const twice = (type: string, ...names: string[]) => ({
		...pageInQuery,
		parameters: { parameters: names.map((name) => ({ type, name, value: '={{ $pageCount }}' })) },
	});

	it.each([
		[inHeader('x:y'), 'A header cannot have the name "x:y"'],
		[inHeader('a b'), 'A header cannot have the name "a b"'],
		[inHeader('x\r\ny'), 'A header cannot have the name "x\r\ny"'],
		[inHeader('页'), 'A header cannot have the name "页"'],
		[inHeader('={{ "a b" }}'), 'A header cannot have the name "a b"'],
		[inHeader('Content-Length'), 'The header "Content-Length" cannot be set by hand'],
		[inHeader('get'), 'n8n cannot send a header with the name "get"'],
		[inHeader('content-type'), 'A pagination parameter cannot have the name "content-type"'],
		[inHeader('\u00a0 '), 'A pagination parameter has no name or no value'],
		[inHeader('={{ $json.none }}'), 'A pagination parameter has no name or no value'],
		[inHeader({ a: 1 }), 'The name of a pagination parameter cannot be sent: it is not text'],
		[
			byParameter('qs', '__proto__', '1'),
			'A pagination parameter cannot have the name "__proto__"',
		],
		[twice('qs', 'page', 'page'), 'The pagination parameter "page" is given more than once'],
		[
			twice('headers', 'X-Page', 'x-page'),
			'The pagination parameter "x-page" is given more than once',
		],
		[limited(0), pages],
		[limited(-1), pages],
		[limited(1.5), pages],
		[limited('many'), pages],
		[limited(true), pages],
		[asCodes('abc'), '"Status Code(s) When Complete" cannot be "abc"'],
		[asCodes('404, 4xx'), '"Status Code(s) When Complete" cannot be "4xx"'],
		[asCodes('99'), '"Status Code(s) When Complete" cannot be "99"'],
		[asCodes('1000'), '"Status Code(s) When Complete" cannot be "1000"'],
		[asCodes('404;410'), '"Status Code(s) When Complete" cannot be "404;410"'],
		[asCodes(' , '), '"Status Code(s) When Complete" is empty'],
		[{ ...pageInQuery, requestInterval: -1 }, interval],
		[{ ...pageInQuery, requestInterval: 'soon' }, interval],
		[{ ...pageInQuery, paginationMode: 'next' }, '"Pagination Mode" cannot be "next"'],
		[
			{ ...pageInQuery, paginationCompleteWhen: 'never' },
			'"Pagination Complete When" cannot be "never"',
		],
		[
			{ ...pageInQuery, limitPagesFetched: 'perhaps' },
			'"Limit Pages Fetched" must be true or false',
		],
		[
			{ ...pageInQuery, ...until('={{ true') },
			'The "Complete Expression" of the pagination is empty or invalid',
		],
	])('%#: %j', async (pagination, message) => {
		const { error } = await request(paginated(pagination));
		expect(error).toMatchObject({ name: 'NodeOperationError', message });
		expect(sandbox.requests).toEqual([]);
	});

	it.each(['"text"', '5', 'null', 'false'])('a body that is no object: %s', async (jsonBody) => {
		const { error } = await request({
			...paginated(byParameter('body', 'page', '={{ $pageCount }}')),
			method: 'POST',
			sendBody: true,
			specifyBody: 'json',
			jsonBody,
		});
		expect(error?.message).toBe(
			'The pagination parameter "page" cannot be set: the body is no object',
		);
		expect(sandbox.requests).toEqual([]);
	});
});

describe('a parameter that gives nothing for a later page, beside one that changes', () => {
	const beside = (type: string, value: string, more: object = {}) => ({
		...paginated({
			paginationMode: 'updateAParameterInEachRequest',
			parameters: {
				parameters: [
					{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' },
					{ type, name: 'cursor', value },
				],
			},
			...atMost(3),
		}),
		...more,
	});
	const post = { url: '/echo', method: 'POST', sendBody: true };

	it.each([
		['of the query', beside('qs', '={{ $response.body.cursor }}')],
		['that throws', beside('qs', '={{ $response.body.paging.cursor }}')],
		['that is null', beside('qs', '={{ $pageCount ? null : 1 }}')],
		['that is empty', beside('qs', '={{ $pageCount ? "" : 1 }}')],
		['of the headers', beside('headers', '={{ $response.body.cursor }}')],
		['of JSON', beside('body', '={{ $response.body.cursor }}', post)],
		[
			'of a form',
			beside('body', '={{ $response.body.cursor }}', { ...post, contentType: 'form-urlencoded' }),
		],
		[
			'with a value of the call itself',
			beside('qs', '={{ $response.body.cursor }}', {
				sendQuery: true,
				queryParameters: fields(['cursor', 'first']),
			}),
		],
	])('is told by name: %s', async (_what, parameters) => {
		const { error } = await request(parameters);
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: 'The pagination parameter "cursor" gives nothing for page 2',
		});
		expect(calls()).toHaveLength(1);
	});

	it.each(['form-urlencoded', 'multipart-form-data'])(
		'leaves the first page as it is: %s',
		async (contentType) => {
			const bodyParameters = fields(['cursor', 'first']);
			const value = '={{ $pageCount || undefined }}';
			await jsonOf(beside('body', value, { ...post, contentType, bodyParameters }));
			expect(calls().map(({ body }) => /first/.test(body))).toEqual([true, false, false]);
		},
	);
});

it.each(['={{ "false" }}', '={{ " False " }}', '= {{ false }} ', '={{ $response.body.next }}'])(
	'%s is no complete condition while it says false',
	async (expression) => {
		sandbox.faults.maxus.businessFailures = [
			{ status: 200, body: '{"next":"false"}' },
			{ status: 200, body: '{"next":"true"}' },
		];
		await jsonOf(paginated({ ...pageInQuery, ...until(expression), ...atMost(2) }));
		expect(calls()).toHaveLength(2);
	},
);

it.each(['={{ true; }}', '={{ false }}{{ false }}'])(
	'%s, which n8n cannot read as a condition, is told by name',
	async (expression) => {
		const { error } = await request(paginated({ ...pageInQuery, ...until(expression) }));
		expect(error?.message).toBe('The "Complete Expression" of the pagination is empty or invalid');
	},
);

it('an interval may follow from the response', async () => {
	await jsonOf(
		paginated({
			...pageInQuery,
			requestInterval: '={{ $response.body.page * 60 }}',
			...atMost(2),
		}),
	);
	const [first, second] = calls().map(({ at }) => at);
	expect((second as number) - (first as number)).toBeGreaterThanOrEqual(59);
});

it('names may be expressions, and codes may have a comma too many', async () => {
	sandbox.faults.maxus.businessFailures = [
		{ status: 200, body: '{"page":1}' },
		{ status: 404, body: '{"page":"none"}' },
	];
	const byName = byParameter('qs', '={{ $json.name }}', '={{ $pageCount }}');
	const json = await jsonOf(
		paginated({
			...byName,
			paginationCompleteWhen: 'receiveSpecificStatusCodes',
			statusCodesWhenComplete: '410,,404,',
		}),
		{ items: [{ json: { name: 'p' } }] },
	);
	expect(json).toEqual([{ page: 1 }, { page: 'none' }]);
	expect(calls().map(({ query }) => query)).toEqual(['p=0', 'p=1']);
});

it('a header that JavaScript has a name for arrives', async () => {
	const byHeader = byParameter('headers', 'constructor', '={{ $pageCount }}');
	await jsonOf({ ...paginated({ ...byHeader, ...atMost(2) }), url: '/echo' });
	expect(calls().map(({ headers }) => headers.constructor)).toEqual(['0', '1']);
});

describe('a page that is refused', () => {
	it.each([
		['a list', { status: 403, body: '{"message":"no such page"}' }],
		['nothing', { status: 403, body: '' }],
	])('stops the item as a single call does: with %s', async (_what, refusal) => {
		sandbox.faults.maxus.businessFailures = [{ status: 200, body: '[1]' }, refusal];
		const { error } = await request(paginated(pageInQuery));
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'The service responded with HTTP 403 Forbidden',
			httpCode: '403',
			context: { itemIndex: 0 },
		});
		expect(everythingIn(error)).not.toContain(tokens()[0]);
	});

	it('is not taken for the last one', async () => {
		sandbox.faults.maxus.businessFailures = [{ status: 500, body: '{}', times: Infinity }];
		const options = { maxRetries: 0 };
		for (const end of [atMost(1), until('={{ true }}')]) {
			const { error } = await request(paginated({ ...pageInQuery, ...end }, options));
			expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '500' });
		}
	});

	it('concerns its own item alone', async () => {
		const url = '={{ $json.id === 1 ? "/status/400" : "/pages" }}';
		const json = await jsonOf(
			{ ...paginated({ ...pageInQuery, ...atMost(1) }), url },
			{ items: numbered(3), onError: 'continueRegularOutput' },
		);
		expect(json.map(({ error, details }) => [error, details])).toEqual([
			[undefined, undefined],
			[
				'The service responded with HTTP 400 Bad Request: Status 400',
				expect.objectContaining({ errorCode: '400', message: 'Status 400' }),
			],
			[undefined, undefined],
		]);
	});

	it('is an answer with Never Error', async () => {
		const options = responseOption({ neverError: true, fullResponse: true });
		const json = await onlyJson({
			...paginated({ ...pageInQuery, ...atMost(1) }, options),
			url: '/status/404',
		});
		expect(json).toMatchObject({ statusCode: 404 });
	});

	it('with Never Error still stops where there is no end in sight', async () => {
		const options = responseOption({ neverError: true });
		const { error } = await request({ ...paginated(pageInQuery, options), url: '/status/404' });
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '404' });
		expect(calls()).toHaveLength(1);
	});
});

describe('tokens', () => {
	it('each page has its own', async () => {
		sandbox.faults.maxusSingleUse = true;
		await entries(paginated(byNextUrl));
		expect(logins()).toHaveLength(3);
		expect(new Set(calls().map(({ token }) => token)).size).toBe(3);
	});

	it('with reuse all pages have one', async () => {
		const run: RequestRun = { provider: 'serviceCombApi', credential: anyLocalPort };
		expect(await entries({ ...paginated(byNextUrl), tokenUse: 'reuse' }, run)).toHaveLength(5);
		expect(logins()).toHaveLength(1);
	});

	it('one that expires between two pages is renewed', async () => {
		const run: RequestRun = { provider: 'serviceCombApi', credential: anyLocalPort };
		const { requests } = sandbox;
		requests.push = (...received) => {
			if (received[0]?.query.includes('page=2') && calls().length === 1) sandbox.expireTokens();
			return Array.prototype.push.apply(requests, received);
		};
		try {
			const parameters = { ...paginated(byNextUrl), tokenUse: 'reuse' };
			expect(await entries(parameters, run)).toEqual([1, 2, 3, 4, 5]);
		} finally {
			Reflect.deleteProperty(requests, 'push');
		}
		expect(calls().map(({ status }) => status)).toEqual([200, 401, 401, 401, 401, 200, 200]);
	});

	it('a busy page is asked for again', async () => {
		sandbox.faults.maxus.businessFailures = [{ status: 503, headers: { 'Retry-After': '0' } }];
		expect(await entries(paginated(byNextUrl))).toEqual([1, 2, 3, 4, 5]);
	});
});

it('files of all pages', async () => {
	const { items } = await request({
		...paginated({ ...pageInQuery, ...atMost(2) }, responseOption({ responseFormat: 'file' })),
		url: '/bytes/10',
	});
	expect(items.map(({ binary }) => binary?.data?.fileName)).toEqual([
		'sandbox-10.bin',
		'sandbox-10.bin',
	]);
});

it('waits between two pages', async () => {
	await entries(paginated({ ...byNextUrl, requestInterval: 60 }));
	const [first, second, third] = calls().map(({ at }) => at);
	expect((second as number) - (first as number)).toBeGreaterThanOrEqual(59);
	expect((third as number) - (second as number)).toBeGreaterThanOrEqual(59);
});

it('is off when it says so', async () => {
	await onlyJson(paginated({ ...pageInQuery, paginationMode: 'off' }));
	expect(calls()).toHaveLength(1);
});
