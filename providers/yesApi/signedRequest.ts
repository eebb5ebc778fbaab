import { InputError } from '../kit/errors';
import type { Authorization, BusinessRequest } from '../kit/provider';
import { signedParameters, type YesApiCredentials } from './interfaceRequest';

/**
 * A request as a YesApi interface request, with `app_key` and `sign` among its parameters: in the query of
 * a `GET`, else in the form. @throws {InputError} when its parameters are not plain values of a form
 */
export function authorizeSigned(
	credentials: YesApiCredentials,
	_token: string,
	{ method, url, query = {}, form, multipart, body }: BusinessRequest,
): Authorization {
	if (body !== undefined || multipart !== undefined) {
		throw new InputError('A signed YesApi call sends its parameters as a form', {
			description: 'Set "Body Content Type" to "Form URL Encoded", or switch off "Sign Request".',
		});
	}
	const inQuery = plainValues(query);
	if (method === 'GET' && form === undefined) {
		return { headers: {}, query: signedParameters(credentials, url, inQuery) };
	}
	const whole = new URL(url);
	for (const [name, value] of Object.entries(inQuery)) whole.searchParams.set(name, value);
	return {
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		form: signedParameters(credentials, whole.href, plainValues(form ?? {})),
	};
}

function plainValues(parameters: Record<string, unknown>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(parameters).map(([name, value]) => {
			if (typeof value !== 'object' || value === null) return [name, String(value ?? '')];
			throw new InputError(`The parameter "${name}" of a signed YesApi call is not a plain value`, {
				description: 'Give each parameter once, as text or a number.',
			});
		}),
	);
}
