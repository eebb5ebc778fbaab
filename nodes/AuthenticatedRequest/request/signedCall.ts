import type { IDataObject } from 'n8n-workflow';

import { InputError, signInterfaceCall, type YesApiCredentials } from '../../../providers';
import type { RequestSpec } from './requestSpec';

/**
 * The call as a YesApi interface call, with `app_key` and `sign` among its parameters: in the query of a
 * `GET`, else in the form. @throws {InputError} when its parameters are not plain values of a form
 */
export function signedCall(credentials: YesApiCredentials, spec: RequestSpec): RequestSpec {
	if (spec.body !== undefined || spec.formData !== undefined || spec.raw !== undefined) {
		throw new InputError('A signed YesApi call sends its parameters as a form', {
			description: 'Set "Body Content Type" to "Form URL Encoded", or switch off "Sign Request".',
		});
	}
	if (spec.method === 'GET' && spec.form === undefined) {
		return { ...spec, qs: signInterfaceCall(credentials, spec.uri, plainValues(spec.qs)) };
	}
	const url = new URL(spec.uri);
	for (const [name, value] of Object.entries(plainValues(spec.qs))) {
		url.searchParams.set(name, value);
	}
	return {
		...spec,
		uri: url.href,
		qs: {},
		headers: { ...spec.headers, 'content-type': 'application/x-www-form-urlencoded' },
		form: signInterfaceCall(credentials, url.href, plainValues(spec.form ?? {})),
	};
}

function plainValues(parameters: IDataObject): Record<string, string> {
	return Object.fromEntries(
		Object.entries(parameters).map(([name, value]) => {
			if (typeof value !== 'object' || value === null) return [name, String(value ?? '')];
			throw new InputError(`The parameter "${name}" of a signed YesApi call is not a plain value`, {
				description: 'Give each parameter once, as text or a number.',
			});
		}),
	);
}
