import { readRefusedResponse, type RefusedResponse } from './refusedResponse';
import { VendorError, type TokenState } from '../kit/errors';
import type { HttpResponse } from '../kit/provider';
import { statusDetails } from '../kit/vendorResponse';

/** As the engine spells it: this account may not reach what the call asks for. */
const NO_SCOPE = /no valid resour?ce scope/i;

const NO_ROLE = 'no role found in token';

const ACCOUNT_DELETED = '401206';

/** Operations that nobody may carry out, whatever the roles: on a built-in account, on one's own. */
const FORBIDDEN_TO_ALL = ['403202', '403203', '403204'];

const ASK_FOR_ROLE =
	'Ask whoever runs the engine for a role that allows it. A token has the roles of its login: a kept one is renewed for this once a minute.';

interface Refusal {
	message: string;
	/** What the user can do; `undefined`: the engine says it. */
	description?: string;
	tokenState?: TokenState;
}

/**
 * Why a business call was refused; `null` when it was not, or not by the engine.
 * @param now Unix milliseconds
 */
export function businessRefusal(response: HttpResponse, now: number): VendorError | null {
	if (response.status < 400) return null;
	const parsed = readRefusedResponse(response);
	if (parsed.errorCode === null && response.status !== 403) return null;
	const { message, ...more } = refusalOf(response.status, parsed);
	return new VendorError(`${message} (${parsed.label})${parsed.said}`, {
		...statusDetails(response, now),
		...(parsed.errorCode !== null && { vendorCode: parsed.errorCode }),
		...more,
	});
}

function refusalOf(status: number, { errorCode, detail }: RefusedResponse): Refusal {
	if (errorCode === ACCOUNT_DELETED) {
		return {
			message: 'The account that the token was made for is deleted',
			description: 'Use another account in the credential, or have this one made again.',
		};
	}
	if (status === 403 || NO_SCOPE.test(detail) || detail === NO_ROLE) {
		return {
			message: 'ServiceComb does not allow this account to make this call',
			description: FORBIDDEN_TO_ALL.includes(String(errorCode)) ? undefined : ASK_FOR_ROLE,
			tokenState:
				NO_SCOPE.test(detail) || FORBIDDEN_TO_ALL.includes(String(errorCode)) ? null : 'outdated',
		};
	}
	if (status === 401) {
		return {
			message: 'ServiceComb did not accept the token',
			description:
				'A new token was not accepted, either. Check that the Base URL of the credential leads to one engine only, and the clocks of the engine and of the machine n8n runs on.',
			tokenState: 'refused',
		};
	}
	return { message: 'ServiceComb did not carry out the call' };
}
