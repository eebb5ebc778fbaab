import {
	jsonOf,
	numbered,
	onlyJson,
	anyLocalPort,
	otherCredential,
	request,
	sandbox,
	type RequestRun,
} from './setup';

import { NodeOperationError } from 'n8n-workflow';

import { providers } from '../../../providers';
import { skipPauses, waits } from './skippedTime';

skipPauses();

const MINUTE_MS = 60_000;

/** A run of one item after the other, with a credential of its own. */
const run = (count: number, more: RequestRun = {}): RequestRun => ({
	items: numbered(count),
	credential: anyLocalPort,
	...more,
});

const limited = (requestsPerMinute: number) => ({ options: { requestsPerMinute, concurrency: 1 } });

/** How many requests the vendor got in the fullest minute. */
function fullestMinute(): number {
	const times = sandbox.requests.map(({ at }) => at);
	const counts = times.map(
		(start) => times.filter((at) => at >= start && at < start + MINUTE_MS).length,
	);
	return Math.max(...counts);
}

it('as many calls as allowed do not wait, token requests included', async () => {
	const { hints } = await request(limited(10), run(5));
	expect(sandbox.requests).toHaveLength(10);
	expect(waits).toEqual([]);
	expect(hints).toEqual([]);
});

it('the next one waits until the first are a minute old, and a hint says so', async () => {
	const { hints } = await request(limited(10), run(6));
	expect(sandbox.requests).toHaveLength(12);
	expect(waits).toHaveLength(1);
	expect(waits[0]).toBeGreaterThan(MINUTE_MS - 2000);
	expect(waits[0]).toBeLessThan(MINUTE_MS + 1000);
	expect(fullestMinute()).toBe(10);
	expect(hints).toEqual([
		{
			message: '1 request waited 1 min 0 s in all for the limit of 10 requests a minute to Maxus.',
			location: 'outputPane',
		},
	]);
});

it('holds over many minutes', async () => {
	await jsonOf(limited(4), run(9));
	expect(sandbox.requests).toHaveLength(18);
	expect(fullestMinute()).toBe(4);
	expect(waits.filter((ms) => ms > 1000)).toHaveLength(4);
});

it('two runs share it', async () => {
	const same = run(5);
	await jsonOf(limited(10), same);
	const { hints } = await request(limited(10), { ...same, items: numbered(1) });
	expect(waits).toHaveLength(1);
	expect(hints).toHaveLength(1);
});

it.each([
	['fresh', 'maxusApi', 'maxus', 6, 2],
	['reuse', 'yesApi', 'yesApi', 12, 1],
] as const)(
	'lets all through when the vendor is busy at the first login (%s)',
	async (tokenUse, provider, vendor, count, times) => {
		sandbox.faults[vendor].tokenFailures = [{ status: 503, body: '{}', times }];
		const answers = await jsonOf(
			{ tokenUse, options: { requestsPerMinute: 10 } },
			run(count, { provider }),
		);
		expect(answers).toHaveLength(count);
	},
);

it('another credential has its own', async () => {
	await jsonOf(limited(10), run(5));
	await jsonOf(limited(10), run(5, { credential: otherCredential }));
	expect(waits).toEqual([]);
});

it('a token that is reused counts once', async () => {
	const provider = 'serviceCombApi';
	await jsonOf({ ...limited(6), tokenUse: 'reuse' }, run(5, { provider }));
	expect(waits).toEqual([]);
	expect(sandbox.requests).toHaveLength(6);
});

it('tries that are made again count', async () => {
	const url = '/status/503?times=1&retryAfter=0';
	await onlyJson({ url, ...limited(3) }, run(1));
	expect(sandbox.requests).toHaveLength(4);
	expect(waits).toHaveLength(1);
	expect(fullestMinute()).toBe(2);
});

it('one a minute is possible, though a call needs a token', async () => {
	await onlyJson(limited(1), run(1));
	expect(sandbox.requests).toHaveLength(2);
	expect(fullestMinute()).toBe(1);
});

it('is 600 for Maxus, and the vendor never sees more', async () => {
	const answers = await jsonOf({ options: { maxRetries: 0, concurrency: 1 } }, run(301));
	expect(answers).toHaveLength(301);
	expect(waits).toHaveLength(1);
	expect(fullestMinute()).toBe(600);
});

it('0 is no limit', async () => {
	const same = run(5);
	await jsonOf(limited(10), same);
	await jsonOf(limited(0), same);
	expect(sandbox.requests).toHaveLength(20);
	expect(waits).toEqual([]);
});

it.each(['={{ "0" }}', '={{ "" }}', '={{ undefined }}', '={{ "100" }}', 2.5])(
	'%s from an expression does not make calls wait forever',
	async (requestsPerMinute) => {
		const provider = 'serviceCombApi';
		await onlyJson({ options: { requestsPerMinute } }, run(1, { provider }));
		expect(waits).toEqual([]);
	},
);

it.each(['={{ "many" }}', -5])('%s is refused before a call', async (requestsPerMinute) => {
	const { error } = await request({ options: { requestsPerMinute } }, run(1));
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error?.message).toBe('"Requests per Minute" must be a number, 0 or more');
	expect(sandbox.requests).toEqual([]);
});

it('of the first five only Maxus names one', () => {
	expect(providers).toMatchObject({
		maxusApi: { limits: { requestsPerMinute: 600 } },
		agentAuthApi: { limits: { requestsPerMinute: 0 } },
		serviceCombApi: { limits: { requestsPerMinute: 0 } },
		yesApi: { limits: { requestsPerMinute: 0 } },
		tokenApi: { limits: { requestsPerMinute: 0 } },
	});
});
