import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { readRequestOptions } from '../../../nodes/AuthenticatedRequest/read/readOptions';
import { attemptCall } from '../../../providers/call/attempt';
import type { CallContext } from '../../../providers/call/callContext';
import { CanceledError, maxus, Pace, serviceComb, type Provider } from '../../../providers';
import { createEngine } from '../../../providers/tokens/engine';
import { RunReport } from '../../../providers/tokens/runReport';
import { FakeClock } from '../../support/fakeClock';
import { mostInAMinute } from '../../support/mostInAMinute';
import { silentLog } from '../../support/log';
import { propertyRuns } from '../../support/propertyRuns';
import { bodyOf } from '../../support/responses';
import { unsignedJwt } from '../../support/unsignedJwt';

const HOUR = 3_600_000;

/** What a server does with one request. */
const fate = fc.oneof(
	{ weight: 6, arbitrary: fc.constant('ok' as const) },
	fc.constantFrom('503', '429', 'ECONNRESET', 'ECONNREFUSED', '401', '500'),
);

const fates = fc.record({
	/** The first requests that come; those after them are fine. */
	token: fc.array(fate, { maxLength: 8 }),
	call: fc.array(fate, { maxLength: 8 }),
	travel: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 7 }),
	answer: fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 7 }),
});

const execution = fc.record({
	startsAt: fc.integer({ min: 0, max: 30_000 }),
	stopsAfter: fc.option(fc.integer({ min: 0, max: 120_000 }), { nil: null }),
	items: fc.integer({ min: 1, max: 8 }),
	concurrency: fc.integer({ min: 1, max: 6 }),
	tokenUse: fc.constantFrom('fresh' as const, 'reuse' as const),
});

const CREDENTIALS = {
	maxusApi: maxus.readCredentials({
		environment: 'custom',
		baseUrl: 'https://vendor.example',
		serviceCode: 'fake-code',
		serviceSecret: 'fake-secret',
	}),
	serviceCombApi: serviceComb.readCredentials({
		baseUrl: 'https://vendor.example',
		name: 'fake-name',
		password: 'fake-password',
	}),
};

it('whatever the service does, all items come to an end and the limit holds', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom('maxusApi' as const, 'serviceCombApi' as const),
			fc.integer({ min: 1, max: 12 }),
			fates,
			fc.array(execution, { minLength: 1, maxLength: 4 }),
			async (type, requestsPerMinute, { token, call, travel, answer }, executions) => {
				const clock = new FakeClock(1_700_000_000_000);
				const engine = createEngine(clock);
				const provider: Provider = type === 'maxusApi' ? maxus : serviceComb;
				const arrivals: number[] = [];
				const left = { token: [...token], call: [...call] };
				let requests = 0;

				const httpRequest = async ({ url, abortSignal }: IHttpRequestOptions) => {
					const signal = abortSignal as AbortSignal | undefined;
					const kind = url.endsWith('/call') ? 'call' : 'token';
					const outcome = left[kind].shift() ?? 'ok';
					requests += 1;
					await clock.pause(travel[requests % travel.length] ?? 0, signal);
					arrivals.push(clock.elapsed());
					await clock.pause(answer[requests % answer.length] ?? 0, signal);
					if (outcome.startsWith('E')) throw Object.assign(new Error(), { code: outcome });
					const issued = unsignedJwt({ id: requests, exp: clock.now() / 1000 + 60 });
					return {
						statusCode: outcome === 'ok' ? 200 : Number(outcome),
						headers: outcome === '429' ? { 'retry-after': '7' } : {},
						body: bodyOf(JSON.stringify({ status: 1, data: issued, token: issued })),
					};
				};

				const runItem = async (signal: AbortSignal, tokenUse: 'fresh' | 'reuse') => {
					const call: CallContext = {
						engine,
						helpers: { httpRequest } as unknown as CallContext['helpers'],
						run: {},
						provider,
						credentials: CREDENTIALS[type],
						tokenUse,
						options: {
							...readRequestOptions(
								{ get: <T>() => ({}) as T, raw: () => ({}), resolve: () => null },
								provider,
								CREDENTIALS[type],
							),
							requestsPerMinute,
						},
						pace: new Pace(engine.slots, { credential: '', node: '' }),
						signal,
						secrets: new Set(),
						isExpired: async () => false,
						mayHoldText: () => false,
						consume: async (response) => await response.body.all(),
						report: new RunReport({ provider, log: silentLog }),
					};
					const spec = { method: 'GET', uri: 'https://vendor.example/call' } as const;
					await attemptCall(call, { ...spec, qs: {}, headers: {} });
				};

				const run = async (one: (typeof executions)[number]) => {
					const stop = new AbortController();
					await clock.pause(one.startsAt);
					if (one.stopsAfter !== null) void clock.pause(one.stopsAfter).then(() => stop.abort());
					let next = 0;
					const lane = async () => {
						while (next < one.items) {
							next += 1;
							await runItem(stop.signal, one.tokenUse).catch((error: unknown) => {
								if (error instanceof CanceledError) next = one.items;
							});
						}
					};
					await Promise.all(Array.from({ length: one.concurrency }, lane));
				};

				let isDone = false;
				const done = Promise.all(executions.map(run)).then(() => (isDone = true));
				await clock.advance(12 * HOUR);
				expect(isDone).toBe(true);
				await done;
				expect(mostInAMinute(arrivals)).toBeLessThanOrEqual(requestsPerMinute);
			},
		),
		{ numRuns: propertyRuns },
	);
});
