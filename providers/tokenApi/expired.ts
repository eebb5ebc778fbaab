import { optionalText } from '../kit/credentialFields';
import { InputError, VendorError } from '../kit/errors';
import { parsedJson } from '../kit/json';
import type { HttpResponse } from '../kit/provider';
import { statusDetails } from '../kit/vendorResponse';
import type { ExpiredRule } from './form';
import { listOf, type Data } from './formFields';
import { valueAtPath } from './jsonPath';
import { textOf } from './places';
import { refusalText } from './refusal';

/** By what a credential knows an expired token. @throws {InputError} */
export function readExpiredRule(data: Data): ExpiredRule {
	const path = optionalText(data, 'expiredPath');
	const values = listOf(data, 'expiredValues');
	const text = optionalText(data, 'expiredText');
	if (path === '' ? values.length > 0 : values.length === 0 && text === '') {
		throw new InputError('The credential does not say fully what means expired', {
			description:
				'"Path in the JSON Body" needs values or a text that mean it, and values need the path where they stand.',
		});
	}
	return {
		statuses: listOf(data, 'expiredStatuses').map((text) => {
			const status = Number(text);
			if (Number.isInteger(status) && status >= 100 && status <= 599) return status;
			throw new InputError(`"${text}" under "Expired" of the credential is not an HTTP status`, {
				description: 'Give numbers from 100 to 599 with commas between them, e.g. 401, 403.',
			});
		}),
		path,
		values,
		text,
		header: readHeaderRule(optionalText(data, 'expiredHeader')),
	};
}

/** `Name: value`, or the name alone. */
function readHeaderRule(text: string): ExpiredRule['header'] {
	const [, name = '', value = ''] = /^([^:]*):?(.*)$/s.exec(text) ?? [];
	return name.trim() === '' ? null : { name: name.trim().toLowerCase(), value: value.trim() };
}

/**
 * What a response to a business request says when its token is no longer good, by the rule of the
 * credential; `null` when it does not say so.
 */
export function expiredToken(
	rule: ExpiredRule,
	response: HttpResponse,
	now: number,
): VendorError | null {
	// A 401 says so for every provider.
	if (response.status === 401 || !saysExpired(rule, response)) return null;
	const { text, code } = refusalText(response.body);
	const said = text === null ? '' : `: ${text}`;
	const details = statusDetails(response, now);
	return new VendorError(`The service refused the token (HTTP ${response.status})${said}`, {
		...details,
		vendorCode: code ?? details.vendorCode,
		tokenState: 'refused',
		description:
			'A renewed token was refused, too. Check what the account may do, and "How It Is Sent" and "Expired" of the credential.',
	});
}

function saysExpired(rule: ExpiredRule, { status, headers, body }: HttpResponse): boolean {
	if (rule.statuses.includes(status)) return true;
	if (rule.header !== null && hasHeader(headers, rule.header)) return true;
	const value = rule.path === '' ? body : scalarAt(body, rule.path);
	if (value === null) return false;
	if (rule.text !== '' && value.includes(rule.text)) return true;
	return rule.path !== '' && rule.values.includes(value);
}

function hasHeader(
	headers: HttpResponse['headers'],
	{ name, value }: NonNullable<ExpiredRule['header']>,
): boolean {
	const given = [headers[name]].flat().filter((one) => one !== undefined && one !== null);
	return given.some((one) => value === '' || String(one).trim() === value);
}

function scalarAt(body: string, path: string): string | null {
	const value = valueAtPath(parsedJson(body), path);
	return typeof value === 'boolean' ? String(value) : textOf(value);
}
