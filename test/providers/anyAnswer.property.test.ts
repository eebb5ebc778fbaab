import fc from 'fast-check';

import { providers, VendorError, type Provider } from '../../providers';
import type { ProviderType } from '../../providers/registry';
import { getAccessToken } from '../../providers/tokens/accessToken';
import { createEngine } from '../../providers/tokens/engine';
import { toTokenItem } from '../../providers/tokens/tokenItem';
import type { HttpResponse } from '../../providers/kit/provider';
import { startSandbox, type Sandbox } from '../../sandbox';
import { FakeClock } from '../support/fakeClock';
import { propertyRuns } from '../support/propertyRuns';
import { secretsIn } from '../support/published';
import { unsignedJwt } from '../support/unsignedJwt';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

/** Names that vendors use, at the top or below. */
const name = fc.constantFrom(
	...['status', 'errMsg', 'data', 'code', 'message', 'logUUID', 'accessToken', 'expiresIn'],
	...['token', 'errorCode', 'errorMessage', 'detail', 'ret', 'msg', 'err_code', 'err_msg'],
	...[
		'jwt_token',
		'_auth',
		'_t',
		'access_token',
		'expires',
		'error',
		'errors',
		'__proto__',
		'toString',
	],
);

const time = fc.oneof(
	fc.integer(),
	fc.double(),
	fc.constantFrom(0, -1, 1e308, 253402300800, '0', '1703569520190', 'soon', null),
);
const jwt = fc
	.record({ iat: time, exp: time, expireTimeStamp: time, sub: fc.string() }, { requiredKeys: [] })
	.map(unsignedJwt);

const text = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary' }),
	// The third is replaced by the secrets.
	fc.constantFrom('', ' ', 'echo', '\n', '0', '1', '200', 'x'.repeat(20_000)),
	jwt,
);

const { value } = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4 },
		text,
		fc.constantFrom(0, 1, 200, 401, -1, 1e999, null, true, false),
		fc.dictionary(name, tie('value'), { maxKeys: 6 }),
		fc.array(tie('value'), { maxLength: 3 }),
	),
}));

const body = fc.oneof(
	value.map((json) => JSON.stringify(json)),
	fc.tuple(value, fc.nat(40)).map(([json, cut]) => JSON.stringify(json).slice(0, -cut)),
	fc.dictionary(name, value, { maxKeys: 8 }).map((json) => `\uFEFF${JSON.stringify(json)}`),
	fc.string({ unit: 'binary', maxLength: 200 }),
	fc.constantFrom('', '<html>', '['.repeat(100_000), `{"data":${'{"data":'.repeat(50_000)}`),
	jwt,
);

const answer: fc.Arbitrary<HttpResponse> = fc.record({
	status: fc.oneof(
		fc.constantFrom(200, 400, 401, 403, 404, 429, 500, 503),
		fc.integer({ min: 100, max: 599 }),
	),
	headers: fc.dictionary(
		fc.constantFrom('retry-after', 'set-cookie', 'content-type', 'location', 'allow'),
		fc.oneof(
			fc.string(),
			fc.array(fc.string(), { maxLength: 2 }),
			fc.constantFrom('-1', '1e9', '100'),
		),
	),
	body,
});

/** What a header can carry without losing anything. */
const CARRIED = /^[\x20-\x7e]*$/;

const vendor = fc.constantFrom(...Object.keys(providers)) as fc.Arbitrary<ProviderType>;

function known(type: ProviderType) {
	const provider: Provider = providers[type];
	const credentials = provider.readCredentials(sandbox.credentials[type]);
	const secrets = Object.values(secretsIn(type, sandbox.credentials[type]));
	return { provider, credentials, secrets };
}

/** What a token request comes to that is answered so, and how often it was made. */
async function outcomeOf(type: ProviderType, response: HttpResponse) {
	const { provider, credentials } = known(type);
	const clock = new FakeClock(1_703_569_340_000);
	const engine = createEngine(clock);
	let requests = 0;
	const send = async () => {
		requests += 1;
		return response;
	};
	const outcome = getAccessToken(engine, provider, credentials, {
		use: 'fresh',
		options: {},
		send,
		maxRetries: 3,
		place: engine.rateLimit.placeFor('key', { perMinute: 0 }),
		businessRequestFollows: false,
	}).then(
		(token) => ({ item: toTokenItem(provider, credentials, token, clock.now()), error: null }),
		(error: unknown) => ({ item: null, error }),
	);
	await clock.advance(61_000);
	return { ...(await outcome), requests };
}

it('in answer to a token request, whatever a vendor sends, it is a token or an error of this package', async () => {
	await fc.assert(
		fc.asyncProperty(vendor, answer, async (type, given) => {
			const { provider, secrets } = known(type);
			const echo = given.body.replaceAll('"echo"', JSON.stringify(secrets.join(' ')));
			const { item, error, requests } = await outcomeOf(type, { ...given, body: echo });
			// Under 429 and 503, and where the service says so itself, no password was judged.
			const mayLock = provider.tokens.locksAccounts && error instanceof VendorError;
			const isJudged = mayLock && (!error.isTransient || [500, 502, 504].includes(given.status));
			expect(requests).toBeLessThanOrEqual(isJudged ? 1 : 4);
			if (item === null) {
				if (!(error instanceof VendorError)) throw error;
				const { message, description = '', vendorCode, stack = '' } = error;
				expect(message.length).toBeLessThanOrEqual(1001);
				expect(description.length).toBeLessThanOrEqual(3300);
				expect((vendorCode ?? '').length).toBeLessThanOrEqual(101);
				const all = [message, description, vendorCode, stack, JSON.stringify(error)].join();
				for (const secret of secrets) expect(all).not.toContain(secret);
			} else {
				expect(item.headerValue).toMatch(CARRIED);
				expect(item.token.trim()).not.toBe('');
				expect(JSON.stringify(item)).toContain('expiresAt');
			}
		}),
		{ numRuns: propertyRuns },
	);
});

it('in answer to a call, whatever a vendor sends, it is a refusal or none', () => {
	fc.assert(
		fc.property(vendor, answer, (type, given) => {
			const { provider, credentials } = known(type);
			const response = { ...given, url: `${credentials.baseUrl}/call` };
			const { runtime } = createEngine();
			const refusal = provider.readCallResponse?.({ credentials, response, env: runtime }) ?? null;
			if (refusal !== null) expect(refusal).toBeInstanceOf(VendorError);
		}),
		{ numRuns: propertyRuns },
	);
});
