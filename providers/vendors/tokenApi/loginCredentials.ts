import type { Credentials, HttpResponse } from '../../kit/provider';
import type { Cookie } from './cookies';
import type { Description, LoginRequest } from './description/schema';

/** The fields that lead to a token, by the names that the user sees. */
export interface FieldLabels {
	/** Those whose values a service may refuse. */
	values: string[];
	/** What the address of the login follows from. */
	address: string;
	/** Whether the user says where in the response the token stands. */
	areCustom: boolean;
}

/** A Token API credential, read and checked: a description of the login, and the values it is about. */
export interface LoginCredentials extends Credentials {
	description: Description;
	/** What paths of the login are below; without a trailing slash. */
	loginAddress: string;
	/** By the names that templates use; `undefined`: one that may be missing, and is. */
	values: Record<string, string | undefined>;
	/** The names of the values that no message may show. */
	secretNames: string[];
	/** Texts of the description that no message may show. */
	moreSecrets?: string[];
	/** What the form calls its fields, for advice. */
	labels: FieldLabels;
	/** The call of a Test that the user names. */
	testCall?: LoginRequest;
	/** How far a login of several requests has come; without it, it begins. */
	progress?: Progress;
}

/** What the requests of a login so far came to. */
export interface Progress {
	/** The next request. */
	step: StepName;
	cookies: Cookie[];
	/** What was taken from responses; also among the values. */
	taken: Record<string, string>;
	login?: LoggedIn;
}

/** The token of a login, and the response that holds it. */
export interface LoggedIn {
	token: string;
	response: HttpResponse;
	/** Whether it is a cookie that was not named. */
	isFoundCookie: boolean;
}

/** The requests of a login, in their order. */
export type StepName = 'before' | 'login' | 'after';
