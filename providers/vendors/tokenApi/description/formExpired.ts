import { optionalText } from '../../../kit/credentialFields';
import { InputError } from '../../../kit/errors';
import { listOf, type Data } from './formFields';
import type { WrittenDescription } from './schema';

/** By what the form knows an expired token. @throws {InputError} */
export function readExpiredConditions(data: Data): WrittenDescription['expiredIf'] {
	const path = optionalText(data, 'expiredPath');
	const values = listOf(data, 'expiredValues');
	const text = optionalText(data, 'expiredText');
	if (path === '' ? values.length > 0 : values.length === 0 && text === '') {
		throw new InputError('The credential does not say fully what means expired', {
			description:
				'"Path in the JSON Body" needs values or a text that mean it, and values need the path where they stand.',
		});
	}
	const place = path === '' ? { body: true as const } : { json: path };
	return [
		{ status: listOf(data, 'expiredStatuses').map(statusOf) },
		...(values.length === 0 ? [] : [{ ...place, is: values }]),
		...(text === '' ? [] : [{ ...place, contains: text }]),
		...headerCondition(optionalText(data, 'expiredHeader')),
	];
}

function statusOf(text: string): number {
	const status = Number(text);
	if (Number.isInteger(status) && status >= 100 && status <= 599) return status;
	throw new InputError(`"${text}" under "Expired" of the credential is not an HTTP status`, {
		description: 'Give numbers from 100 to 599 with commas between them, e.g. 401, 403.',
	});
}

/** `Name: value`, or the name alone. */
function headerCondition(text: string) {
	const [, name = '', value = ''] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
	if (name.trim() === '') return [];
	return [{ header: name.trim(), ...(value.trim() !== '' && { is: value.trim() }) }];
}
