import { encodeForm } from '../http/formEncoding';
import { FormFields, MultipartFields, type RequestSpec } from '../http/requestSpec';
import { withHeaders } from '../kit/headers';
import type { CarriedToken } from '../kit/provider';
import type { CallContext } from './callContext';

/**
 * A call with what makes it an authorized one: headers, parameters, or another body.
 * @param token with an empty text, to find out whether the call can be authorized
 * @throws {InputError} when it cannot
 */
export function authorizeSpec(
	{ engine, provider, credentials }: CallContext,
	spec: RequestSpec,
	token: CarriedToken,
): RequestSpec {
	const { headers, url, query, form, multipart, body } = provider.authorize({
		credentials,
		token,
		request: {
			method: spec.method,
			url: spec.uri,
			query: spec.qs,
			headers: spec.headers,
			form: spec.form && FormFields.toObject(spec.form),
			multipart: spec.formData && textFields(spec.formData),
			// A vendor that wants JSON gets the text of the JSON; anything else it refuses by itself.
			body: spec.form === undefined ? (spec.text ?? spec.raw) : undefined,
		},
		env: engine.runtime,
	});
	const authorized = {
		...spec,
		...(url !== undefined && { uri: url }),
		headers: withHeaders(spec.headers, headers),
		qs: { ...spec.qs, ...query },
		...(multipart !== undefined && { formData: withFields(spec.formData, multipart) }),
	};
	const text = body ?? (form && encodeForm(Object.entries(form)));
	return text === undefined
		? authorized
		: { ...authorized, text, raw: undefined, formData: undefined };
}

/** The form with these fields, in the place of those of the same name. */
function withFields(
	formData: MultipartFields | undefined,
	fields: Record<string, string>,
): MultipartFields {
	const others = formData === undefined ? [] : FormFields.entriesOf(formData);
	return new MultipartFields([
		...others.filter(([name]) => !Object.hasOwn(fields, name)),
		...Object.entries(fields),
	]);
}

function textFields(fields: MultipartFields): Array<[name: string, value: string]> {
	return FormFields.entriesOf(fields).filter(
		(field): field is [name: string, value: string] => typeof field[1] === 'string',
	);
}
