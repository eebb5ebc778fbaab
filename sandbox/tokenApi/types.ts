import type { Answer, Exchange } from '../types';
import type { Account, Secrets } from './account';
import type { Tokens } from './tokens';

/** What a service works with. */
export interface Premises {
	now: () => number;
	/** The path its base URL ends with. */
	prefix: string;
	account: Account;
	tokens: Tokens;
}

/** How a service tells its logins apart, and what it answers. */
export interface Rules {
	/** The body may not be there yet: it is asked again once it is. */
	isLogin(exchange: Exchange): boolean;
	/** Takes a login, and issues a token to a good one. */
	login(exchange: Exchange): Answer;
	/** Whether a call ends the session of its token. */
	isLogout?(exchange: Exchange): boolean;
	/** Refuses a call that is not allowed in. */
	authorize(exchange: Exchange): Answer | null;
	/** Answers calls that only this service has. */
	answer?(exchange: Exchange): Answer | null;
}

/** One service: what its clients have to know, and its rules. */
export interface Service {
	secrets: Secrets;
	create(premises: Premises): Rules;
}
