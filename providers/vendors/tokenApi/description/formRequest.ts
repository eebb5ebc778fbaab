import { choice, optionalText, requiredText, typedText } from '../../../kit/credentialFields';
import { jsonObjectOrList, rowsOf, type Data } from './formFields';
import type { WrittenDescription } from './schema';

type WrittenRequest = NonNullable<WrittenDescription['login']>;

/** How the form wants the token requested. @throws {InputError} that names the field */
export function readRequestForm(data: Data): WrittenRequest {
	const method = choice(data, 'requestMethod', 'Method', ['POST', 'GET', 'PUT']);
	return {
		method,
		url: requiredText(data, 'requestUrl', 'Token URL'),
		headers: namedValues(rowsOf(data, 'headerParameters')),
		query: namedValues(rowsOf(data, 'queryParameters')),
		...(method !== 'GET' && readBody(data)),
		...(data.basicAuth === true && { basic: '{{username}}:{{password}}' }),
		formEncodeBasic: data.basicAuthFormEncoded === true,
	};
}

function readBody(data: Data): Partial<WrittenRequest> {
	switch (choice(data, 'bodyType', 'Body', ['json', 'form', 'none', 'raw'])) {
		case 'json':
			return { json: jsonObjectOrList(data, 'jsonBody', 'JSON Body') };
		case 'form':
			return { form: namedValues(rowsOf(data, 'formFields')) };
		case 'raw':
			return {
				text: typedText(data, 'rawBody'),
				contentType: requiredText(data, 'rawContentType', 'Content Type'),
			};
		case 'none':
			return {};
	}
}

/** The values of each name, in the order in which they stand. */
function namedValues(rows: Data[]): Record<string, string[]> {
	const byName = new Map<string, string[]>();
	for (const row of rows) {
		const name = optionalText(row, 'name');
		if (name !== '') byName.set(name, [...(byName.get(name) ?? []), typedText(row, 'value')]);
	}
	return Object.fromEntries(byName);
}
