import { VendorError } from '../kit/errors';
import type { HttpResponse } from '../kit/provider';
import { statusDetails } from '../kit/vendorResponse';

/** What is longer is no message. */
const MAX_TEXT_LENGTH = 200;

interface Refusal {
	message: string;
	/** What the user can do. */
	description: string;
}

/** By the `errorCode` of the answer. */
const REFUSALS = new Map<string, Refusal>([
	[
		'401202',
		{
			message: 'ServiceComb refused the name or the password',
			description:
				'Correct the Name and the Password of the credential before you run this again. The login was not tried again: the third wrong login within a short while blocks the account from this address for 15 minutes.',
		},
	],
	[
		'403201',
		{
			message: 'ServiceComb has blocked this account from this address',
			description:
				'There were too many wrong logins. Wait 15 minutes without any login, and check who else uses the account, perhaps with an old password.',
		},
	],
	[
		'400001',
		{
			message: 'ServiceComb could not read the login',
			description:
				'Check the Name and the Password of the credential, and the Token Expiration Time if one is set.',
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
 * Why an answer under a status of 400 and above holds no token; it may be plain text. Any 401 or 403
 * counts as a refused credential.
 * @param now Unix milliseconds
 */
export function serviceCombRefusal(response: HttpResponse, now: number): VendorError {
	const details = statusDetails(response, now);
	const answer = readAnswer(response.body);
	const code = String(answer.errorCode ?? response.status);
	const label = answer.errorCode === undefined ? `HTTP ${code}` : code;
	const { message, description } = REFUSALS.get(code) ?? refusalByStatus(response.status, details);
	const said = [answer.errorMessage, answer.detail]
		.filter((text) => typeof text === 'string' && text !== '')
		.map((text) => `: ${text}`)
		.join('');
	return new VendorError(`${message} (${label})${said}`, {
		...details,
		vendorCode: code,
		credentialRejected: response.status === 401 || response.status === 403,
		description,
	});
}

/** The JSON of the answer; plain text is shown as if it were its message. */
function readAnswer(body: string): Record<string, unknown> {
	try {
		const parsed: unknown = JSON.parse(body);
		if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
	} catch {
		// Not JSON: the text itself is all there is.
	}
	return isPlainText(body) ? { errorMessage: body.trim() } : {};
}

/** Not so for a web page, which tells more about a proxy than about the login. */
function isPlainText(body: string): boolean {
	const text = body.trim();
	return text.length <= MAX_TEXT_LENGTH && !text.startsWith('<');
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
				'Check the Name, the Password and the Base URL of the credential. The login was not tried again, since wrong logins block the account.',
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
