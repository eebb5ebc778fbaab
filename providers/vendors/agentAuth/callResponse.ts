import { VendorError } from '../../kit/errors';
import { parseObject } from '../../kit/json';
import type { Environment, HttpResponse } from '../../kit/provider';
import { statusDetails } from '../../kit/vendorResponse';
import { meaningOf, readCode } from './codes';
import { labelOf, readLogUUID, said, withLogUUID } from './texts';

/**
 * Why a call was refused, whatever its HTTP status; `null` when it was not, or the response is not in
 * the form of Agent Auth.
 */
export function readCallResponse({
	response,
	env: { now },
}: {
	response: HttpResponse;
	env: Environment;
}): VendorError | null {
	const parsed = parseObject(response.body);
	if (parsed === null) return null;
	const code = readCode(parsed);
	if (code === '0') return null;
	if (code === null && (response.status < 400 || readLogUUID(parsed) === null)) return null;

	const details = statusDetails(response, now());
	const meaning = code === null ? undefined : meaningOf(code);
	const message = meaning?.message('call') ?? 'Agent Auth did not carry out the call';
	const advice = meaning?.businessAdvice ?? 'Check the call against what Agent Auth says.';
	return new VendorError(`${message} (${labelOf(code, response)})${said(parsed)}`, {
		...details,
		...(code !== null && { vendorCode: code }),
		said: [said(parsed), readLogUUID(parsed) ?? ''],
		isTransient: meaning ? meaning.isTransient : details.isTransient,
		...(code === '12' && { tokenState: 'refused' }),
		description: withLogUUID(advice, parsed),
	});
}
