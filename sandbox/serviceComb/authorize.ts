import type { IssuedTokens } from '../issuedTokens';
import { readClaims } from '../jwt';
import type { Answer, Exchange, Surroundings } from '../types';
import { missingPermission } from './permissions';
import { refused } from './refusals';
import type { Route, RouteCall } from './routes';

/** What is asked for a token also in an engine that is half open. */
const ALWAYS_GUARDED = ['account', 'role'];

export interface AuthorizeParts extends Surroundings {
	tokens: IssuedTokens;
	isAccount(name: string): boolean;
}

/** Reads the token of a call to a route into the call, or says why the call is not let in. */
export function authorizeCall(parts: AuthorizeParts, route: Route, call: RouteCall): Answer | null {
	const { serviceCombSecurity: security } = parts.faults;
	if (route.isOpen || security === 'off') return null;
	if (security === 'halfOpen' && !ALWAYS_GUARDED.includes(route.resource ?? '')) return null;

	const claims = readToken(parts, call);
	if ('status' in claims) return claims;
	const { account, roles } = claims;
	if (roles.length === 0) return refused(401201, 'no role found in token');
	if (!parts.isAccount(account)) return refused(401206, `account [${account}] is deleted`);
	call.caller = account;
	call.roles = roles;
	if (route.resource === undefined || roles.includes('admin')) return null;
	if (route.hasScope && !route.hasScope(call)) return refused(401201, 'no valid resouce scope');
	const missing = missingPermission(roles, route.resource, call.record.method);
	return missing === null ? null : refused(403205, missing);
}

function readToken({ tokens, now }: AuthorizeParts, { headers, record }: Exchange) {
	if (!headers.authorization) return refused(401204);
	// The word before the space is not looked at.
	const [, token, ...rest] = headers.authorization.split(' ');
	if (token === undefined || rest.length > 0) return refused(401201, 'invalid auth header');
	record.token = token;
	const state = tokens.stateOf(token, now());
	if (state === 'expired') return refused(401205);
	if (state === 'good') return readClaims(token) as { account: string; roles: string[] };
	const isJwt = token.split('.').length === 3;
	return refused(
		401201,
		isJwt ? 'crypto/rsa: verification error' : 'token contains an invalid number of segments',
	);
}
