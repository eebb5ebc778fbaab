import { randomUUID } from 'node:crypto';
import { hasMediaType, parseJsonObject } from '../body';
import { IssuedTokens } from '../issuedTokens';
import { signHs256 } from '../jwt';
import { json } from '../respond';
import { answerEndpoint, UNKNOWN_EXCEPTION } from './endpoints';
import type { Answer, Exchange, Surroundings, Vendor } from '../types';

export const MAXUS_SERVICE_CODE = 'australia';
export const MAXUS_SERVICE_SECRET = 'fake-maxus-secret-for-tests';

const SIGNING_KEY = 'fake-maxus-signing-key-for-tests';
const TOKEN_PATH = '/base/api/token/register';
const CLOCK_TOLERANCE_SECONDS = 5 * 60;
const VALID_SECONDS = 3 * 60;
const EXP_SECONDS = 24 * 60;
const WINDOW_MS = 60_000;

const answered = (status: number, value: object, headers: Record<string, string> = {}) =>
	json(status, value, { 'Cache-Control': 'no-cache', ...headers });

/** A token that is missing, wrong, expired or used up: the vendor does not say which. */
const TOKEN_REFUSED: Answer = { status: 401 };

const refused = (status: number, errMsg: string, headers?: Record<string, string>) =>
	answered(status, { data: null, errMsg, status: 0 }, headers);

/** Maxus: production below its base URL, and the test environment below `/test`. */
export function createMaxus({ now, faults, tokenSeconds }: Surroundings): Vendor {
	const environments = { production: new IssuedTokens(), test: new IssuedTokens() };
	const used = new Set<string>();
	let calls: number[] = [];

	const issuedFor = (exchange: Exchange) =>
		exchange.path.startsWith('/test/') ? environments.test : environments.production;

	function overLimit(): Answer | null {
		const limit = faults.maxusRateLimit;
		if (!limit) return null;
		calls = calls.filter((at) => at > now() - WINDOW_MS);
		const frees = calls[calls.length - limit];
		if (frees === undefined) {
			calls.push(now());
			return null;
		}
		const seconds = Math.max(1, Math.ceil((frees + WINDOW_MS - now()) / 1000));
		return refused(429, 'Too many requests', { 'Retry-After': String(seconds) });
	}

	function wrongTimestamp(exchange: Exchange): Answer | null {
		const timestamp = exchange.headers['x-timestamp'];
		if (typeof timestamp !== 'string' || !/^\d+$/.test(timestamp)) {
			return refused(400, 'X-Timestamp is missing or not a Unix time in seconds');
		}
		if (Math.abs(now() / 1000 - Number(timestamp)) > CLOCK_TOLERANCE_SECONDS) {
			return refused(400, 'X-Timestamp is too far from the time of the server');
		}
		return null;
	}

	function issue(exchange: Exchange): string {
		const lifetimeMs = (tokenSeconds('maxus') ?? VALID_SECONDS) * 1000;
		const expiresAt = now() + lifetimeMs;
		const token = signHs256(JSON.stringify(claims(now(), expiresAt)), SIGNING_KEY);
		issuedFor(exchange).add(token, expiresAt);
		return token;
	}

	return {
		name: 'maxus',
		prefix: '/maxus/australia',
		kindOf: ({ path }) =>
			path === TOKEN_PATH || path === `/test${TOKEN_PATH}` ? 'token' : 'business',
		admit: () => overLimit(),

		answerToken(exchange) {
			if (exchange.record.method !== 'POST') return refused(404, 'Not Found');
			if (!hasMediaType(exchange.headers, 'application/json')) {
				return refused(400, 'Content-Type must be application/json');
			}
			const wrong = wrongTimestamp(exchange);
			if (wrong) return wrong;
			const body = parseJsonObject(exchange.content);
			if (!body) return refused(400, 'The body is not a JSON object');
			const { serviceCode, serviceSecret } = body;
			if (typeof serviceCode !== 'string' || serviceCode === '') {
				return refused(400, 'serviceCode is required');
			}
			if (typeof serviceSecret !== 'string' || serviceSecret === '') {
				return refused(400, 'serviceSecret is required');
			}
			// Under HTTP 200: the vendor says it in `status` alone.
			if (serviceCode !== MAXUS_SERVICE_CODE) return refused(200, 'serviceCode is wrong');
			if (serviceSecret !== MAXUS_SERVICE_SECRET) return refused(200, 'serviceSecret is wrong');
			const token = issue(exchange);
			exchange.record.token = token;
			return answered(200, { data: token, errMsg: 'register success', status: 1 });
		},

		authorize(exchange) {
			const wrong = wrongTimestamp(exchange);
			if (wrong) return wrong;
			const token = exchange.headers['maxus_jwt'];
			const isGood =
				typeof token === 'string' &&
				issuedFor(exchange).stateOf(token, now()) === 'good' &&
				!(faults.maxusSingleUse && used.has(token));
			if (!isGood) return TOKEN_REFUSED;
			if (faults.maxusSingleUse) used.add(token);
			return null;
		},

		answerBusiness: (exchange) => answerEndpoint(exchange),

		refuse: ({ message = UNKNOWN_EXCEPTION }) => answered(200, { status: 0, errMsg: message }),

		expireTokens() {
			environments.production.expireAll();
			environments.test.expireAll();
		},

		reset() {
			environments.production.clear();
			environments.test.clear();
			used.clear();
			calls = [];
		},
	};
}

function claims(issuedAt: number, expiresAt: number): object {
	const iat = Math.floor(issuedAt / 1000);
	return {
		ascCode: '1',
		ascId: 1,
		ascName: '1',
		callBackUrl: '1',
		expireTimeStamp: String(expiresAt),
		remark: '1',
		rsaVO: {
			rsaPublicExponent: '10001',
			rsaModules: 'fa4e'.repeat(32),
			rsaPrivateExponent: 'fa4e5ec2e7'.repeat(12),
			gainCount: 43,
		},
		sapAccount: '1',
		serviceCode: MAXUS_SERVICE_CODE,
		sandboxId: randomUUID(),
		iat,
		exp: iat + EXP_SECONDS,
	};
}
