import { bearerHeader } from '../../kit/headers';
import { InputError } from '../../kit/errors';
import { isJsonObject, parsedJson } from '../../kit/json';
import type { Authorization, BusinessRequest, CarriedToken, Environment } from '../../kit/provider';
import type { AgentAuthCredentials } from './credentials';
import { encryptAndSign } from './encryptAndSign';

/** A call with the token, encrypted and signed. @throws {InputError} when it is no `POST` of JSON */
export function authorize({
	credentials,
	token: { token },
	request,
	env,
}: {
	credentials: AgentAuthCredentials;
	token: CarriedToken;
	request: BusinessRequest;
	env: Environment;
}): Authorization {
	assertPost(request);
	const { name, value } = bearerHeader(token);
	const { headers, body } = encryptAndSign(credentials, jsonText(request), env);
	return { headers: { ...headers, [name]: value }, body };
}

/** @throws {InputError} */
function assertPost({ method }: BusinessRequest): void {
	if (method.toUpperCase() === 'POST') return;
	throw new InputError(`Agent Auth takes POST only, and the method is ${method}`, {
		description: 'Set "Method" to POST. A call without parameters needs no body.',
	});
}

/** The JSON text of a request's body. @throws {InputError} when the body is not JSON */
function jsonText({ body, form, multipart }: BusinessRequest): string {
	if (form === undefined && multipart === undefined) {
		if (body === undefined || body === null) return '{}';
		if (typeof body === 'string') return checkedJson(body);
		if (isJsonValue(body)) return JSON.stringify(body);
	}
	throw new InputError('Agent Auth takes JSON only', {
		description: 'Send the body as JSON: not as a form, and not as a file.',
	});
}

function checkedJson(text: string): string {
	if (text.trim() === '') return '{}';
	if (parsedJson(text) !== undefined) return text.replace(/^\uFEFF/, '');
	throw new InputError('The body of an Agent Auth call must be JSON', {
		description: 'Check the quotes, commas and brackets of the body.',
	});
}

/** A stream is an object like any other. */
function isJsonValue(body: unknown): boolean {
	return Array.isArray(body) || (isJsonObject(body) && typeof body.pipe !== 'function');
}
