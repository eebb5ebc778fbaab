import { readRefusedResponse } from './refusedResponse';
import { VendorError } from '../kit/errors';
import type { HttpResponse } from '../kit/provider';
import { isWebPage } from '../kit/json';
import { foreignResponse, statusDetails, wantsTls } from '../kit/vendorResponse';

interface Refusal {
	message: string;
	/** What the user can do. */
	description: string;
}

const WRONG_LOGIN: Refusal = {
	message: 'ServiceComb refused the name or the password',
	description:
		'Correct the Account Name and the Password of the credential before you run this again. The login was not tried again, since wrong logins block the account from this address.',
};

/** By the `errorCode` of the response. */
const REFUSALS = new Map<string, Refusal>([
	['401202', WRONG_LOGIN],
	// An engine that guards its accounts alone.
	['401302', WRONG_LOGIN],
	[
		'403201',
		{
			message: 'ServiceComb has blocked this account from this address',
			description:
				'There were too many wrong logins. Check who else uses the account, perhaps with an old password.',
		},
	],
	[
		'400001',
		{
			message: 'ServiceComb could not read the login',
			description:
				'Check the Account Name and the Password of the credential, and the Token Expiration Time if one is set.',
		},
	],
	[
		'500003',
		{
			message: 'ServiceComb met an internal fault',
			description: 'Try again later; if it stays so, ask whoever runs the engine.',
		},
	],
]);

/**
 * Why a response under a status of 400 and above holds no token; it may be plain text. Any 401 or 403
 * counts as a refused credential, but for a web page: an engine sends none.
 * @param now Unix milliseconds
 */
export function tokenRefusal(response: HttpResponse, now: number): VendorError {
	const isPage = isWebPage(response.body) && response.status !== 404;
	if (isPage || wantsTls(response)) return foreignResponse('ServiceComb', response, now);
	const details = statusDetails(response, now);
	const { errorCode, label, said } = readRefusedResponse(response);
	const code = errorCode ?? String(response.status);
	const { message, description } = REFUSALS.get(code) ?? refusalByStatus(response.status, details);
	return new VendorError(`${message} (${label})${said}`, {
		...details,
		vendorCode: code,
		credentialRejected: response.status === 401 || response.status === 403,
		isForeign: response.status === 404,
		description,
	});
}

function refusalByStatus(status: number, { isTransient }: { isTransient: boolean }): Refusal {
	if (isTransient) {
		return {
			message: 'ServiceComb cannot issue a token at the moment',
			description: 'Try again later.',
		};
	}
	if (status === 401 || status === 403) {
		return {
			message: 'ServiceComb refused the login',
			description:
				'Check the Account Name, the Password and the Base URL of the credential. The login was not tried again, since wrong logins block the account.',
		};
	}
	if (status === 404) {
		return {
			message: 'There is no ServiceComb token endpoint at this base URL',
			description:
				'Check the Base URL of the credential. If it is right, security authentication is not enabled on this engine: then it issues no tokens, and calls need none.',
		};
	}
	return {
		message: 'ServiceComb did not issue a token',
		description:
			'Check the Base URL of the credential; if it is right, ask whoever runs the engine.',
	};
}
