import type { KeyObject } from 'node:crypto';
import type { IssuedTokens } from '../issuedTokens';
import { signRs512 } from '../jwt';
import { json } from '../respond';
import type { Answer, Exchange, Surroundings } from '../types';
import type { ServiceCombAccount } from './accounts';
import { clientAddress } from './clientAddress';
import { parseGoDuration } from './goDuration';
import { readGoJson } from './goJson';
import type { LoginLock } from './loginLock';
import { refused } from './refusals';

const DEFAULT_DURATION = '12h';
const SHORTEST_SECONDS = 15 * 60;
const LONGEST_SECONDS = 24 * 3600;

export interface LoginParts extends Surroundings {
	privateKey: KeyObject;
	tokens: IssuedTokens;
	lock: LoginLock;
	/** The account of this name that is not deleted. */
	accountOf(name: string): ServiceCombAccount | undefined;
}

/** Answers `POST /v4/token`. */
export function answerLogin(parts: LoginParts, exchange: Exchange): Answer {
	const { accountOf, faults, lock } = parts;
	const login = readGoJson(exchange.content, 'Account', {
		name: 'string',
		password: 'string',
		tokenExpirationTime: 'string',
	});
	if (typeof login === 'string') return refused(400001, login);
	const { name, password, tokenExpirationTime } = login;
	const seconds = parseGoDuration(tokenExpirationTime || DEFAULT_DURATION);
	if (seconds === null || seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
		const field = "field 'Account.TokenExpirationTime'";
		const rule = 'does not match rule: {Regexp: TokenExpirationTime}';
		return refused(400001, `${field} invalid value '${tokenExpirationTime}' ${rule}`);
	}
	const key = `${name}::${clientAddress(exchange.headers, exchange.address)}`;
	if (lock.isLocked(key)) return refused(403201);
	const account = accountOf(name);
	if (account?.password !== password) {
		lock.noteFailure(key);
		return faults.serviceCombSecurity === 'halfOpen'
			? refused(401302, 'User name or password is wrong, RBAC system is half opening')
			: refused(401202);
	}
	if (faults.serviceCombUnreadableKey) return refused(500003, 'read private key failed');
	const token = issue(parts, name, account.roles, seconds);
	exchange.record.token = token;
	return json(200, { token });
}

function issue(
	{ now, tokenSeconds, privateKey, tokens }: LoginParts,
	account: string,
	roles: string[],
	seconds: number,
): string {
	const exp = Math.floor(now() / 1000) + (tokenSeconds('serviceComb') ?? seconds);
	const token = signRs512(JSON.stringify({ account, exp, roles }), privateKey);
	tokens.add(token, exp * 1000);
	return token;
}
