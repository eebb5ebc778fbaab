import { calls, jsonOf, numbered, request, sandbox } from './setup';

const inResponse = (name: string, value: unknown) => ({
	response: { response: { [name]: value } },
});

const batching = (batch: object) => ({ batching: { batch } });

it.each([
	[
		'"Max Redirects" must be a number, 0 or more',
		{ redirect: { redirect: { followRedirects: true, maxRedirects: 'abc' } } },
	],
	[
		'"Max Redirects" must be a number, 0 or more',
		{ redirect: { redirect: { followRedirects: true, maxRedirects: -1 } } },
	],
	['"Concurrency" must be a number, 0 or more', { concurrency: '={{ "x" }}' }],
	['"Concurrency" must be a number, 0 or more', { concurrency: -5 }],
	['"Concurrency" must be a number, 0 or more', { concurrency: '={{ [5] }}' }],
	['"Items per Batch" must be a number, -1 or more', batching({ batchSize: 'abc' })],
	['"Items per Batch" must be a number, -1 or more', batching({ batchSize: -2 })],
	['"Batch Interval (Ms)" must be a number, 0 or more', batching({ batchInterval: 'abc' })],
	['"Batch Interval (Ms)" must be a number, 0 or more', batching({ batchInterval: -1 })],
	['"Batch Interval (Ms)" must be a number, 0 or more', batching({ batchInterval: '1e999' })],
	['"Timeout (Ms)" must be a number, 0 or more', { timeout: true }],
	['"Max Retries" must be a number, 0 or more', { maxRetries: '={{ [] }}' }],
	['"Requests per Minute" must be a number, 0 or more', { requestsPerMinute: '={{ ({}) }}' }],
	['"Credential for Each Item" must be true or false', { credentialPerItem: 'maybe' }],
	['"Large Numbers as Text" must be true or false', { largeNumbersAsText: '={{ ({}) }}' }],
	['"Array Format in Query Parameters" cannot be "object"', { queryParameterArrays: '={{ [1] }}' }],
	[
		'"Follow Redirects" must be true or false',
		{ redirect: { redirect: { followRedirects: 'perhaps' } } },
	],
	['"Retry POST and PATCH" must be true or false', { retryNonIdempotent: '={{ "maybe" }}' }],
	['"Never Error" must be true or false', inResponse('neverError', 'maybe')],
	['"Large Numbers as Text" must be true or false', { largeNumbersAsText: '2' }],
	[
		'"Array Format in Query Parameters" cannot be "commas"',
		{ queryParameterArrays: '={{ "commas" }}' },
	],
	['"Response Format" cannot be "xml"', inResponse('responseFormat', 'xml')],
	[
		'"Put Output in Field" cannot be sent: it is not text',
		inResponse('outputPropertyName', '={{ ({ a: 1 }) }}'),
	],
])('%s: refused before any call', async (message, options) => {
	const { error } = await request({ sendQuery: true, options });
	expect(error).toMatchObject({ name: 'NodeOperationError', message });
	expect(sandbox.requests).toEqual([]);
});

it.each([
	['"Send Query Parameters" must be true or false', { sendQuery: 'maybe' }],
	['"Send Headers" must be true or false', { sendHeaders: 'maybe' }],
	['"Send Body" must be true or false', { sendBody: 'maybe' }],
	['"SSL Certificates" must be true or false', { provideSslCertificates: 'maybe' }],
	['"Token Use" cannot be "again"', { tokenUse: 'again' }],
])('%s: refused before any call, beside the options too', async (message, parameters) => {
	const { error } = await request(parameters, { provider: 'serviceCombApi' });
	expect(error).toMatchObject({ name: 'NodeOperationError', message });
	expect(sandbox.requests).toEqual([]);
});

it('an option of the whole run that is wrong stops each item by itself', async () => {
	const json = await jsonOf(
		{ options: { concurrency: 'many' } },
		{ items: numbered(2), onError: 'continueRegularOutput' },
	);
	const error = '"Concurrency" must be a number, 0 or more';
	expect(json).toEqual([
		{ error, details: { advice: expect.any(String) as string, errorCode: null } },
		{ error, details: { advice: expect.any(String) as string, errorCode: null } },
	]);
});

describe('a switch that an expression gives as text', () => {
	const busy = { method: 'POST', url: '/status/503' };

	it.each([
		['={{ "false" }}', 1],
		['={{ 0 }}', 1],
		['={{ null }}', 1],
		['={{ "TRUE" }}', 2],
		['={{ 1 }}', 2],
	])('%s decides how often a POST is sent', async (retryNonIdempotent, times) => {
		await request({ ...busy, options: { retryNonIdempotent, maxRetries: 1 } });
		expect(calls()).toHaveLength(times);
	});

	it('"false" hides no refusal', async () => {
		const { error } = await request({
			url: '/status/404',
			options: inResponse('neverError', '={{ "false" }}'),
		});
		expect(error?.message).toBe('The service responded with HTTP 404 Not Found');
	});
});

it.each([null, undefined, ''])('%j as a choice is the default', async (value) => {
	const queryParameterArrays = `={{ ${JSON.stringify(value)} }}`;
	expect((await request({ sendQuery: true, options: { queryParameterArrays } })).error).toBeNull();
});
