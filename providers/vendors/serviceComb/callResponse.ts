import { VendorError, type TokenState } from '../../kit/errors';
import type { BusinessResponse, Environment } from '../../kit/provider';
import { statusDetails } from '../../kit/vendorResponse';
import { readEngineError, type EngineError } from './engineError';

/** As the engine spells it: this account may not reach what the call asks for. */
const NO_SCOPE = /no valid resour?ce scope/i;

const NO_ROLE = 'no role found in token';

const ACCOUNT_DELETED = '401206';

/** Operations that no role allows: on a built-in account, or on the caller's own account. */
const FORBIDDEN_TO_ALL = ['403202', '403203', '403204'];

interface Refusal {
	message: string;
	/** What the user can do; `undefined`: the engine says it. */
	description?: string;
	tokenState?: TokenState;
}

const WRONG_LOGIN: Refusal = {
	message: 'ServiceComb refused the name or the password in the call',
	description: 'Check what the call sends: it is not sent again by itself.',
	tokenState: 'unaffected',
};

/** What says something about a name and a password, and nothing about the token. */
const ABOUT_A_PASSWORD: Record<string, Refusal> = {
	401202: WRONG_LOGIN,
	401302: WRONG_LOGIN,
	401207: {
		message: 'The current password in the call is wrong',
		description:
			'Send the current password of the account before you run it again: the engine counts this as a wrong login, and blocks the account after three. The call is not sent again by itself.',
		tokenState: 'unaffected',
	},
	403201: {
		message: 'ServiceComb has blocked this account from this address',
		description: 'Wait 15 minutes for one attempt. The token of the credential is still good.',
		tokenState: 'unaffected',
	},
};
/** What an engine says of a token before it looks at any password. */
const ABOUT_THE_TOKEN = ['401002', '401201', '401203', '401204', '401205'];

/** A call that changes a password carries one, and a wrong one is counted. */
const CHANGES_A_PASSWORD = /\/v4\/accounts\/[^/]+\/password\/?$/;

const ASK_FOR_ROLE =
	'Ask the person who runs the engine for a role that allows it. A token has the roles of its login: a kept one is renewed for this once a minute.';

/** Why a call was refused; `null` when it was not, or not by the engine. */
export function readCallResponse({
	response,
	env: { now },
}: {
	response: BusinessResponse;
	env: Environment;
}): VendorError | null {
	if (response.status < 400) return null;
	const parsed = readEngineError(response);
	const carriesPassword = CHANGES_A_PASSWORD.test(new URL(response.url).pathname);
	if (parsed.errorCode === null && response.status !== 403 && !carriesPassword) return null;
	const { message, ...more } = refusalOf(response.status, parsed, carriesPassword);
	return new VendorError(`${message} (${parsed.label})${parsed.said}`, {
		...statusDetails(response, now()),
		...(parsed.errorCode !== null && { vendorCode: parsed.errorCode }),
		said: [parsed.said],
		...more,
	});
}

function refusalOf(
	status: number,
	{ errorCode, detail }: EngineError,
	carriesPassword: boolean,
): Refusal {
	const ofPassword = ABOUT_A_PASSWORD[errorCode ?? ''];
	if (ofPassword !== undefined) return ofPassword;
	if (errorCode === ACCOUNT_DELETED) {
		return {
			message: 'The account that the token was made for is deleted',
			description: 'Use another account in the credential, or have this one made again.',
			tokenState: 'unaffected',
		};
	}
	if (status === 403 || NO_SCOPE.test(detail) || detail === NO_ROLE) {
		return {
			message: 'ServiceComb does not allow this account to make this call',
			description: FORBIDDEN_TO_ALL.includes(String(errorCode)) ? undefined : ASK_FOR_ROLE,
			tokenState:
				NO_SCOPE.test(detail) || FORBIDDEN_TO_ALL.includes(String(errorCode))
					? 'unaffected'
					: 'outdated',
		};
	}
	if (status === 401 && carriesPassword && !ABOUT_THE_TOKEN.includes(errorCode ?? '')) {
		return {
			message: 'ServiceComb did not change the password',
			description: 'The call carries a password, so it is not sent again by itself.',
			tokenState: 'unaffected',
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
