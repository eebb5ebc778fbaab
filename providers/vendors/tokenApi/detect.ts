import { timeClaim, readClaims } from '../../kit/jwt';
import type { HttpResponse } from '../../kit/provider';
import { cookieNames } from './cookies';
import type { Place } from './description/schema';
import { isToken, textOf } from './places';
import { responseJson } from './responseJson';

/** A value in the JSON of a response. */
interface Leaf {
	path: string;
	/** In lower case, letters and digits only. */
	name: string;
	value: unknown;
}

/** What services call their tokens, the surest names first; of each rank there may be one. */
const NAMES = [
	['accesstoken', 'authtoken', 'apitoken', 'bearertoken', 'tenantaccesstoken', 'appaccesstoken'],
	['token', 'jwt', 'jwttoken', 'sessionid', 'sessiontoken', 'sessionkey', 'ticket', 'sid'],
	['idtoken', 'key', 'session'],
];
/** A token that gets another one. */
const NO_TOKENS = /refresh|csrf|xsrf/;

const SESSION_COOKIE = /sess|sid|auth|token|jwt/i;

const MAX_DEPTH = 4;
const MAX_LEAVES = 200;

/**
 * The places of a response where a token seems to stand: one, where that is plain; more, where only the user can
 * tell; none, where nothing looks like one.
 */
export function tokenPlaces(response: HttpResponse, now: number): Place[] {
	const leaves = leavesOf(responseJson(response.body)).filter(
		({ name, value }) => !NO_TOKENS.test(name) && isToken(textOf(value)),
	);
	for (const names of NAMES) {
		const found = leaves.filter(({ name }) => names.includes(name));
		if (found.length > 0) return found.map(({ path }) => ({ json: path }));
	}
	const jwts = leaves.filter(({ value }) => readClaims(String(value)) !== null);
	if (jwts.length > 0) return jwts.map(({ path }) => ({ json: path }));
	if (isToken(textOf(response.body)) && readClaims(response.body.trim().replaceAll('"', ''))) {
		return [{ body: true }];
	}
	return cookieNames(response.headers, now)
		.filter((name) => SESSION_COOKIE.test(name) && !NO_TOKENS.test(name.toLowerCase()))
		.map((cookie) => ({ cookie }));
}

/**
 * When a token expires by what stands in the response under a plain name, else by its claim `exp`, in Unix
 * milliseconds; `null`: nothing says.
 */
export function expiryFound(response: HttpResponse, token: string, now: number): number | null {
	const leaves = leavesOf(responseJson(response.body));
	for (const { name, value } of leaves) {
		const number = Number(textOf(value) ?? NaN);
		if (/^expires?in$/.test(name) && number > 0) return now + number * 1000;
		if (!/^expir(?:es?at|es|ation|y)$/.test(name)) continue;
		if (number > 1e12) return number;
		if (number > 1e9) return number * 1000;
		const date = Number.isNaN(number) ? Date.parse(String(value)) : NaN;
		if (date > now) return date;
	}
	return timeClaim(readClaims(token), 'exp');
}

function leavesOf(json: unknown, path = '', depth = MAX_DEPTH): Leaf[] {
	if (typeof json !== 'object' || json === null || Array.isArray(json)) return [];
	return Object.entries(json)
		.flatMap(([key, value]): Leaf[] => {
			const part = /^\w+$/.test(key) ? key : `["${key}"]`;
			const inner = path === '' || part.startsWith('[') ? `${path}${part}` : `${path}.${part}`;
			const name = key.toLowerCase().replace(/[^a-z\d]/g, '');
			return typeof value === 'object'
				? depth > 1
					? leavesOf(value, inner, depth - 1)
					: []
				: [{ path: inner, name, value }];
		})
		.slice(0, MAX_LEAVES);
}
