import fc from 'fast-check';
import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { readRequestOptions } from '../../../nodes/AuthenticatedRequest/read/readOptions';
import { tokenApi, type Provider } from '../../../providers';
import { makeCall } from '../../../providers/call/call';
import { credentialHooks } from '../../../providers/hooks/credentialHooks';
import { createEngine } from '../../../providers/tokens/engine';
import { RunReport } from '../../../providers/tokens/runReport';
import { FakeClock } from '../../support/fakeClock';
import { silentLog } from '../../support/log';
import { mostInAMinute } from '../../support/mostInAMinute';
import { propertyRuns } from '../../support/propertyRuns';
import { bodyOf } from '../../support/responses';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The longest that a request takes here. */
const TRAVEL_MS = 500;

/** What the service does for a while. */
const PHASES = {
	fine: { status: 200 },
	words: { status: 200, body: '{"note":"invalid token"}' },
	created: { status: 201, body: '{"note":"invalid token"}' },
	denied: { status: 403 },
	hidden: { status: 404 },
	lasting401: { status: 401 },
	broken: { status: 500 },
	conflict: { status: 409 },
	limited: { status: 429 },
	login: { status: 302, headers: { location: 'https://vendor.example/login' } },
	reset: { status: 0 },
};
type Phase = keyof typeof PHASES;

/** Whether a POST may have been carried out that is answered like that. */
const mayBeDone = ({ status }: { status: number }) => ![401, 403, 404, 409, 429].includes(status);

const when = fc.oneof(
	fc.integer({ min: 0, max: 3 * MINUTE }),
	fc.integer({ min: 0, max: 20 * MINUTE }),
);

const phases = fc.array(
	fc.record({ from: when, phase: fc.constantFrom(...(Object.keys(PHASES) as Phase[])) }),
	{ maxLength: 5 },
);

const loginPhases = fc.array(fc.record({ from: when, status: fc.constantFrom(200, 401, 503) }), {
	maxLength: 3,
});

/** Calls, as many as `times`, one each `every` milliseconds. */
const calls = fc.record({
	way: fc.constantFrom('Authenticated Request' as const, 'HTTP Request' as const),
	method: fc.constantFrom('GET' as const, 'POST' as const),
	from: when,
	every: fc.constantFrom(0, 1000, 30_000),
	times: fc.integer({ min: 1, max: 30 }),
});

interface Load {
	calls: Array<{
		way: 'Authenticated Request' | 'HTTP Request';
		method: 'GET' | 'POST';
		from: number;
		every: number;
		times: number;
	}>;
	phases: Array<{ from: number; phase: Phase }>;
	loginPhases: Array<{ from: number; status: number }>;
	/** Whether a token is known to live for an hour; else it is used until it is refused, also by words under 200. */
	isLifeTold: boolean;
	/** When the service ends all tokens that it gave out before. */
	revocations: number[];
}

const load: fc.Arbitrary<Load> = fc.record({
	calls: fc.array(calls, { minLength: 1, maxLength: 3 }),
	phases,
	loginPhases,
	revocations: fc.array(when, { maxLength: 3 }),
	isLifeTold: fc.boolean(),
});

/** Errors that say nothing go on for long, and meanwhile the service ends the token. */
const DEAD_AMONG_ERRORS: Load = {
	calls: [{ way: 'HTTP Request', method: 'GET', from: 0, every: 30_000, times: 20 }],
	phases: [{ from: 0, phase: 'broken' }],
	loginPhases: [],
	isLifeTold: true,
	revocations: [121_000],
};

/** To make a failing load smaller takes longer than to understand it. */
const OPTIONS = {
	numRuns: propertyRuns / 20,
	endOnFailure: true,
	examples: [[DEAD_AMONG_ERRORS]] as Array<[Load]>,
};

/** What one load came to, by the clock of the service. */
interface Seen {
	logins: Array<{ at: number; status: number }>;
	mostLoginsAtOnce: number;
	/** Calls with a token that the service had ended, but for those that check it. */
	dead: Array<{ token: string; at: number }>;
	/** How often each POST may have been carried out. */
	done: Map<string, number>;
}

const latest = <T extends { from: number }>(list: T[], now: number): T | undefined =>
	[...list]
		.sort((one, other) => one.from - other.from)
		.filter(({ from }) => from <= now)
		.at(-1);

async function run({ calls: wanted, phases: all, loginPhases: logins, ...more }: Load) {
	const clock = new FakeClock(1_700_000_000_000);
	const begin = clock.elapsed();
	const engine = createEngine(clock);
	const provider: Provider = tokenApi as never;
	const data: ICredentialDataDecryptedObject = {
		service: 'custom',
		baseUrl: 'https://vendor.example',
		requestUrl: '/login',
		username: 'fake-user',
		password: 'fake-password',
		testPath: '/me',
		...(more.isLifeTold
			? { lifetime: 'fixed', lifetimeSeconds: 3600 }
			: { changeExpired: true, expiredStatuses: '401', expiredText: 'invalid token' }),
	};
	const credentials = provider.readCredentials(data);
	const issuedAt = new Map<string, number>();
	const seen: Seen = { logins: [], mostLoginsAtOnce: 0, dead: [], done: new Map() };
	let loginsAtOnce = 0;
	const time = () => clock.elapsed() - begin;

	const login = async () => {
		const status = latest(logins, time())?.status ?? 200;
		seen.logins.push({ at: time(), status });
		loginsAtOnce += 1;
		seen.mostLoginsAtOnce = Math.max(seen.mostLoginsAtOnce, loginsAtOnce);
		await clock.pause(TRAVEL_MS / 2);
		loginsAtOnce -= 1;
		const token = `fake-token-${issuedAt.size + 1}`;
		if (status === 200) issuedAt.set(token, time());
		return { status, body: JSON.stringify(status === 200 ? { token } : {}) };
	};

	const answer = (token: string, id: string, method: string, isCheck: boolean) => {
		const issued = issuedAt.get(token) ?? 0;
		if (more.revocations.some((at) => issued <= at && at <= time())) {
			if (!isCheck) seen.dead.push({ token, at: time() });
			return { status: 401 };
		}
		const said = PHASES[latest(all, time())?.phase ?? 'fine'];
		if (method === 'POST' && mayBeDone(said)) seen.done.set(id, (seen.done.get(id) ?? 0) + 1);
		return said;
	};

	const httpRequest = async ({ url, method, headers }: IHttpRequestOptions) => {
		const path = new URL(url).pathname;
		await clock.pause(TRAVEL_MS / 4);
		const token = String(headers?.authorization ?? headers?.Authorization).replace('Bearer ', '');
		const given: { status: number; body?: string; headers?: object } =
			path === '/login' && method === 'POST'
				? await login()
				: answer(token, path, method ?? 'GET', path === '/me');
		await clock.pause(TRAVEL_MS / 4);
		if (given.status === 0) throw Object.assign(new Error(), { code: 'ECONNRESET' });
		const { status: statusCode, body = '{}' } = given;
		return {
			statusCode,
			headers: { 'content-type': 'application/json', ...given.headers },
			body: bodyOf(body),
		};
	};

	const authenticatedRequest = async (method: 'GET' | 'POST', path: string) =>
		await makeCall(
			{
				engine,
				helpers: { httpRequest } as never,
				run: {},
				provider,
				credentials,
				tokenUse: 'reuse',
				pace: null,
				options: readRequestOptions(
					{ get: <T>() => ({}) as T, raw: () => ({}), resolve: () => null },
					provider,
					credentials,
				),
				secrets: new Set(),
				isExpired: async () => false,
				mayHoldText: () => true,
				consume: async (response) => await response.body.all(),
				report: new RunReport({ provider, log: silentLog }),
			},
			{ method, uri: `https://vendor.example${path}`, qs: {}, headers: {} },
		);

	const { preAuthentication, authenticate } = credentialHooks(engine, provider);
	/** `requestWithAuthentication` of n8n. */
	const httpRequestNode = async (method: 'GET' | 'POST', path: string) => {
		const context = { helpers: { httpRequest } } as unknown as IHttpRequestHelper;
		const own = { ...data, accessToken: '' };
		const send = async () => {
			const uri = `https://vendor.example${path}`;
			const options = await authenticate(own, { method, uri, headers: {} } as never);
			const { statusCode } = await httpRequest({ ...options, url: uri, method });
			if (statusCode >= 400) throw new Error(String(statusCode));
		};
		try {
			await preAuthentication.call(context, own);
			await send();
		} catch {
			const output = await preAuthentication.call(context, own);
			if ('accessToken' in output) await send();
		}
	};

	let count = 0;
	const done = Promise.all(
		wanted.flatMap(({ way, method, from, every, times }) =>
			Array.from({ length: times }, async (_, index) => {
				await clock.pause(from + index * every);
				count += 1;
				const path = `/x/${count}`;
				await (way === 'HTTP Request' ? httpRequestNode : authenticatedRequest)(method, path).catch(
					() => {},
				);
			}),
		),
	);
	await clock.advance(HOUR);
	await done;
	return seen;
}

it('a wrong password is sent at the promised distances, and one login at a time', async () => {
	await fc.assert(
		fc.asyncProperty(load, async (given) => {
			const { logins, mostLoginsAtOnce } = await run(given);
			expect(mostLoginsAtOnce).toBeLessThanOrEqual(1);
			let inARow = 0;
			let last = -Infinity;
			for (const { at, status } of logins) {
				if (inARow > 0) {
					expect(at - last).toBeGreaterThanOrEqual(inARow === 1 ? 15 * MINUTE : HOUR);
				}
				if (status === 401) {
					inARow += 1;
					last = at;
				}
				if (status === 200) inARow = 0;
			}
		}),
		OPTIONS,
	);
});

it('no minute has more than two logins, but for those after the service ended a token', async () => {
	await fc.assert(
		fc.asyncProperty(load, async (given) => {
			const { logins } = await run({ ...given, loginPhases: [], revocations: [] });
			expect(mostInAMinute(logins.map(({ at }) => at))).toBeLessThanOrEqual(2);
		}),
		OPTIONS,
	);
});

it('no token is used for longer than a minute after a call has met its end', async () => {
	await fc.assert(
		fc.asyncProperty(load, async (given) => {
			const { dead } = await run(given);
			const met = new Map<string, number>();
			for (const { token, at } of dead) {
				const first = met.get(token) ?? at;
				met.set(token, first);
				expect(at - first).toBeLessThanOrEqual(MINUTE + TRAVEL_MS);
			}
		}),
		OPTIONS,
	);
});

it('a POST that may have been carried out is not sent again', async () => {
	await fc.assert(
		fc.asyncProperty(load, async (given) => {
			const { done } = await run(given);
			expect(Math.max(0, ...done.values())).toBeLessThanOrEqual(1);
		}),
		OPTIONS,
	);
});
