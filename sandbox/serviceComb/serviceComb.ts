import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { hasMediaType, parseJsonObject } from '../body';
import { parseGoDuration } from './goDuration';
import { IssuedTokens } from '../issuedTokens';
import { readClaims, signRs512 } from '../jwt';
import { LoginLock } from './loginLock';
import { json, text } from '../respond';
import type { Answer, Exchange, Surroundings, Vendor } from '../types';

export const SERVICE_COMB_ACCOUNTS = {
	admin: { name: 'root', password: 'fake-servicecomb-password-for-tests' },
	reader: { name: 'reader', password: 'fake-servicecomb-password-2-for-tests' },
};

const TOKEN_PATH = '/v4/token';
const SELF_PERMS_PATH = '/v4/self-perms';
const VALID_SECONDS = 12 * 3600;
const SHORTEST_SECONDS = 15 * 60;
const LONGEST_SECONDS = 24 * 3600;
const READING = ['GET', 'HEAD'];

// As the open-source Service Center has them.
const MESSAGES: Record<number, string> = {
	400001: 'Invalid parameter(s)',
	401201: 'Request unauthorized',
	401202: 'User name or password is wrong',
	401204: 'No authorization header',
	401205: 'Token is expired',
	401206: 'The account that owns the token is deleted',
	403201: 'Account blocked',
	403205: 'No permission(s)',
	500003: 'Internal server error',
};

function refused(code: number, detail?: string, message = MESSAGES[code] ?? 'Unknown'): Answer {
	// The HTTP status is the first three digits of the code.
	return json(Math.floor(code / 1000), {
		errorCode: String(code),
		errorMessage: message,
		...(detail === undefined ? {} : { detail }),
	});
}

interface Keys {
	privateKey: KeyObject;
	/** PEM, SPKI. */
	publicKey: string;
}

let keys: Promise<Keys> | undefined;

/** The key pair tokens are signed with: one for the life of the process. */
export function serviceCombKeys(): Promise<Keys> {
	keys ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 }).then((pair) => ({
		privateKey: pair.privateKey,
		publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
	}));
	return keys;
}

/**
 * ServiceComb: an account that may do all, and one that may only read.
 *
 * @param isBusiness - whether a path below `/v4` is there for business calls
 */
export function createServiceComb(
	{ now, faults }: Surroundings,
	privateKey: KeyObject,
	isBusiness: (path: string) => boolean,
): Vendor {
	const tokens = new IssuedTokens();
	const lock = new LoginLock(now);

	function issue(name: string, seconds: number): string {
		const isReader = name === SERVICE_COMB_ACCOUNTS.reader.name;
		const exp = Math.floor(now() / 1000) + (faults.serviceComb.tokenLifetimeSeconds ?? seconds);
		const claims = { account: name, exp, roles: [isReader ? 'reader' : 'admin'] };
		const token = signRs512(JSON.stringify(claims), privateKey);
		tokens.add(token, exp * 1000);
		return token;
	}

	const isDeleted = (name: string) => faults.serviceCombDeletedAccounts.includes(name);

	function isUnknown(path: string): boolean {
		return /^\/v4\/[^/]+$/.test(path) && path !== SELF_PERMS_PATH && !isBusiness(path);
	}

	return {
		name: 'serviceComb',
		prefix: '/servicecomb',
		kindOf: ({ path }) => (path === TOKEN_PATH ? 'token' : 'business'),

		answerToken(exchange) {
			if (exchange.record.method !== 'POST') return text(405, 'Method Not Allowed');
			const login = readLogin(exchange);
			if (typeof login === 'string') return refused(400001, login);
			const { name, password, seconds } = login;
			const key = `${name}::${exchange.address}`;
			if (lock.isLocked(key)) return refused(403201);
			const account = Object.values(SERVICE_COMB_ACCOUNTS).find((one) => one.name === name);
			if (account?.password !== password || isDeleted(name)) {
				lock.noteFailure(key);
				return refused(401202);
			}
			const token = issue(name, seconds);
			exchange.record.token = token;
			return json(200, { token });
		},

		authorize({ path, headers, record }) {
			if (isUnknown(path)) return text(404, '404 page not found');
			if (!headers.authorization) return refused(401204);
			const token = /^Bearer ([^ ]+)$/.exec(headers.authorization)?.[1];
			if (token === undefined) return refused(401201, 'invalid authorization header');
			const state = tokens.stateOf(token, now());
			if (state !== 'good') return refused(state === 'expired' ? 401205 : 401201);
			const { account } = readClaims(token) as { account: string };
			if (isDeleted(account)) return refused(401206);
			const mayWrite = account !== SERVICE_COMB_ACCOUNTS.reader.name;
			if (!mayWrite && !READING.includes(record.method)) return refused(403205);
			return null;
		},

		answerBusiness({ path, record }) {
			if (path !== SELF_PERMS_PATH) return null;
			if (record.method !== 'GET') return text(405, 'Method Not Allowed');
			const { roles } = readClaims(record.token ?? '') as { roles: string[] };
			const verbs = roles.includes('admin') ? ['*'] : ['get'];
			return json(200, { perms: [{ resources: [{ type: '*' }], verbs }] });
		},

		refuse: ({ code = 500003, detail, message }) => refused(code, detail, message),

		expireTokens: () => tokens.expireAll(),

		reset() {
			tokens.clear();
			lock.clear();
		},
	};
}

/** What a login says, or what is wrong with it. */
function readLogin({ headers, content }: Exchange) {
	if (!hasMediaType(headers, 'application/json')) return 'Content-Type is not application/json';
	const body = parseJsonObject(content);
	if (!body) return 'the body is not a JSON object';
	const { name, password, tokenExpirationTime } = body;
	if (typeof name !== 'string' || name === '') return 'name is required';
	if (typeof password !== 'string' || password === '') return 'password is required';
	if (tokenExpirationTime === undefined) return { name, password, seconds: VALID_SECONDS };
	const seconds = parseGoDuration(tokenExpirationTime);
	if (seconds === null || seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
		return 'tokenExpirationTime is not a duration from 15m to 24h';
	}
	return { name, password, seconds };
}
