import { VendorError } from '../../kit/errors';
import { parseObject } from '../../kit/json';
import type { HttpResponse } from '../../kit/provider';
import { statusDetails } from '../../kit/vendorResponse';
import { conditionMet } from './conditions';
import type { Description } from './description/schema';
import { refusalText } from './refusal';

/** The statuses that say by themselves that a token is no longer good. */
export function expiredStatuses({ expiredIf }: Description): number[] {
	if (expiredIf === undefined) return [401];
	return expiredIf.flatMap(({ status, ...rest }) =>
		status === undefined || Object.values(rest).some((part) => part !== undefined) ? [] : status,
	);
}

/**
 * What a response to a business request says when its token is no longer good, by the rules of the
 * description; `null` when it does not say so.
 */
export function expiredToken(
	{ expiredIf = [] }: Description,
	response: HttpResponse,
	now: number,
): VendorError | null {
	// A 401 says so for every provider.
	if (response.status === 401) return null;
	const met = conditionMet(expiredIf, response, now);
	if (met === undefined) return null;
	const { text, code } = refusalText(response.body);
	const said = text === null ? '' : `: ${text}`;
	const details = statusDetails(response, now);
	return new VendorError(`The service refused the token (HTTP ${response.status})${said}`, {
		...details,
		vendorCode: code ?? details.vendorCode,
		said: [said],
		tokenState: 'refused',
		mayBeDone: response.status < 300 && met.body === true && !saysFailure(response.body),
		description:
			'A renewed token was refused, too. Check what the account may do, and "How It Is Sent" and "Expired" of the credential.',
	});
}

/** Whether a response with a status of success reports a failure, by the fields that most services use. */
function saysFailure(body: string): boolean {
	const { error, errors, success, ok } = parseObject(body) ?? {};
	return Boolean(error ?? errors) || success === false || ok === false;
}
