import type { RequestSpec } from './requestSpec';

/** Headers that describe a body, and so go when it goes. */
const BODY_HEADERS = /^content-/i;

/** Where an answer redirects to, as an absolute URL; `null` when it does not. */
export function redirectTarget(
	statusCode: number,
	headers: Record<string, unknown>,
	from: string,
): URL | null {
	const { location } = headers;
	if (![301, 302, 303, 307, 308].includes(statusCode) || typeof location !== 'string') return null;
	return URL.canParse(location, from) ? new URL(location, from) : null;
}

/**
 * The call that follows a redirect, as browsers do it: 303 always becomes `GET`, 301 and 302 make a
 * `POST` one, and with the method the body goes too.
 */
export function redirectedRequest(spec: RequestSpec, statusCode: number, target: URL): RequestSpec {
	const becomesGet =
		(statusCode === 303 && spec.method !== 'HEAD') || (statusCode < 303 && spec.method === 'POST');
	const next: RequestSpec = { ...spec, uri: target.href, qs: {} };
	if (!becomesGet) return next;
	return {
		method: 'GET',
		uri: next.uri,
		qs: {},
		headers: Object.fromEntries(
			Object.entries(spec.headers).filter(([name]) => !BODY_HEADERS.test(name)),
		),
	};
}
