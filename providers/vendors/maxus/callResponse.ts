import { VendorError } from '../../kit/errors';
import { parseObject } from '../../kit/json';
import type { Environment, HttpResponse } from '../../kit/provider';
import { statusDetails } from '../../kit/vendorResponse';
import { errMsg, FAILURE, readStatus, TRY_LATER } from './status';

/** How Maxus says that it was a fault of its own, or that the call had something it did not expect. */
const UNKNOWN_EXCEPTION = /^$|unknown exception/i;

/** Why a call was refused under HTTP 200; `null` when it was not. */
export function readCallResponse({
	response,
	env: { now },
}: {
	response: HttpResponse;
	env: Environment;
}): VendorError | null {
	const parsed = response.status < 400 ? parseObject(response.body) : null;
	if (parsed === null || readStatus(parsed) !== FAILURE) return null;
	const said = errMsg(parsed);
	const isUnknown = UNKNOWN_EXCEPTION.test(said);
	return new VendorError(`Maxus did not carry out the call (status 0)${said && `: ${said}`}`, {
		...statusDetails(response, now()),
		vendorCode: String(FAILURE),
		said: [said],
		isTransient: isUnknown,
		description: isUnknown
			? `Maxus says so of its own faults and of values it did not expect. Check the values of the call. ${TRY_LATER}`
			: 'Check the values of the call against what Maxus says.',
	});
}
