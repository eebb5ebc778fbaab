import { choice, optionalText, requiredText, strayPart, typedText } from '../kit/credentialFields';
import { InputError } from '../kit/errors';
import type { Row, TokenRequestForm } from './form';
import { jsonObject, rowsOf, type Data } from './formFields';

/** How a credential wants its token requested. @throws {InputError} that names the field */
export function readRequestForm(data: Data, baseUrl: string): TokenRequestForm {
	const method = choice(data, 'requestMethod', 'Method', ['POST', 'GET', 'PUT']);
	return {
		method,
		url: readTokenUrl(data, baseUrl),
		headers: named(rowsOf(data, 'headerParameters')),
		query: named(rowsOf(data, 'queryParameters')),
		body: method === 'GET' ? { type: 'none' } : readBody(data),
		basicAuth: readBasicAuth(data),
	};
}

function readBasicAuth(data: Data): TokenRequestForm['basicAuth'] {
	if (data.basicAuth !== true) return null;
	return data.basicAuthFormEncoded === true ? 'form' : 'plain';
}

function readTokenUrl(data: Data, baseUrl: string): string {
	const text = requiredText(data, 'requestUrl', 'Token URL');
	const url = /^https?:\/\//i.test(text) ? text : `${baseUrl}/${text.replace(/^\/+/, '')}`;
	if (!URL.canParse(url)) {
		throw new InputError('The Token URL of the credential is not a valid URL', {
			description: 'Give an absolute URL, or a path below the Base URL such as /api/login.',
		});
	}
	if (/^https?:\/\/[^/?#]*\{\{/i.test(url)) {
		throw new InputError('The Token URL of the credential has a template in its host', {
			description:
				'Write the host out: templates are filled in after it, so that no value can lead the login elsewhere.',
		});
	}
	// No fault of the Token URL: its query, and names in braces, which are filled in later.
	const stray = strayPart(url.replace(/\{\{[^}]*\}\}|\?/g, ''), new URL(url));
	if (stray === null) return url;
	throw new InputError(`The Token URL of the credential must not hold ${stray}`, {
		description:
			'Use the fields Username and Password, and "Basic Auth" where the service wants it; write blanks in a query as %20.',
	});
}

function readBody(data: Data): TokenRequestForm['body'] {
	switch (choice(data, 'bodyType', 'Body', ['json', 'form', 'none', 'raw'])) {
		case 'json':
			return { type: 'json', template: jsonObject(data, 'jsonBody', 'JSON Body') };
		case 'form':
			return { type: 'form', rows: named(rowsOf(data, 'formFields')) };
		case 'raw':
			return {
				type: 'raw',
				text: typedText(data, 'rawBody'),
				contentType: requiredText(data, 'rawContentType', 'Content Type'),
			};
		case 'none':
			return { type: 'none' };
	}
}

const named = (rows: Data[]): Row[] =>
	rows
		.map((row) => ({ name: optionalText(row, 'name'), value: typedText(row, 'value') }))
		.filter(({ name }) => name !== '');
