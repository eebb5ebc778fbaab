import type { Account, TokenRules } from '../../kit/provider';
import type { Condition } from './description/schema';
import type { LoginCredentials } from './loginCredentials';

/**
 * Most services lock an account after three to ten wrong logins within 5 to 60 minutes: these make two within an
 * hour at most.
 */
const FIRST_MEMORY_MS = 900_000;
const NEXT_MEMORY_MS = 3_600_000;

export const REFUSAL_MEMORY_MS = [FIRST_MEMORY_MS, NEXT_MEMORY_MS];

/** What the description of the service says of its tokens. */
export function tokenRules({
	description: { limits, expiredIf = [], logout },
}: LoginCredentials): Partial<TokenRules> {
	const { oneSession, lockSeconds } = limits;
	const lockMs = (lockSeconds ?? 0) * 1000;
	return {
		oneSession,
		// Where an account has one session, a logout might end the one that a later login has begun.
		logsOut: logout !== undefined && !oneSession,
		endsUnseen: expiredIf.some(comesUnderSuccess),
		refusalMemoryMs: REFUSAL_MEMORY_MS.map((ms) => Math.max(ms, lockMs)),
	};
}

function comesUnderSuccess({ status }: Condition): boolean {
	return status === undefined || status.some((one) => one < 400);
}

/** The user at the host of the login; `null` where the login names none. */
export function accountOf({ loginAddress, values, secretNames }: LoginCredentials): Account | null {
	const { username = '', password = '' } = values;
	if (username === '') return null;
	const secrets = password === '' ? secretNames.map((name) => values[name]) : [password];
	return {
		name: JSON.stringify([new URL(loginAddress).host, username]),
		secret: JSON.stringify(secrets),
	};
}
