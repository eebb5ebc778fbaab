import { VendorError } from '../kit/errors';
import type { HttpResponse } from '../kit/provider';
import { statusDetails } from '../kit/vendorResponse';

interface Refusal {
	message: string;
	/** What the user can do: the vendor's handling suggestion, in terms of the credential. */
	description: string;
	credentialRejected?: boolean;
	isTransient?: boolean;
}

/** By the `code` of the answer. */
const REFUSALS = new Map<string, Refusal>([
	[
		'10',
		{
			message: 'Agent Auth does not know this agent, or has blocked it',
			description:
				'Check the Agent ID and the Secret of the credential. If both are right, ask Agent Auth whether the agent is active.',
			credentialRejected: true,
		},
	],
	[
		'11',
		{
			message: 'Agent Auth could not read the parameters of the token request',
			description: 'Check that every field of the credential is complete and correctly written.',
		},
	],
	[
		'12',
		{
			message: 'Agent Auth did not authorize this agent',
			description:
				'Check the Agent ID and the Secret of the credential, and ask Agent Auth whether the agent may use this API.',
			credentialRejected: true,
		},
	],
	[
		'77',
		{
			message: 'Agent Auth received too many requests',
			description: 'Wait a while before the next try, or have fewer calls under way at once.',
			isTransient: true,
		},
	],
	[
		'83',
		{
			message: 'Agent Auth did not accept the signature',
			description:
				'Check the Agent ID of the credential, try its other Signature Format, and check that the clock of the machine n8n runs on is right.',
			credentialRejected: true,
		},
	],
	[
		'84',
		{
			message: 'Agent Auth could not decrypt the request',
			description:
				'Check the API Key of the credential: it is the encryption key of 64 hex digits, not the Secret.',
			credentialRejected: true,
		},
	],
]);

/** Why an answer to a token request holds no token. @param now Unix milliseconds */
export function agentAuthRefusal(
	response: HttpResponse,
	answer: Record<string, unknown>,
	now: number,
): VendorError {
	const details = statusDetails(response, now);
	const code = String(answer.code ?? '');
	const label = code === '' ? `HTTP ${response.status}` : `code ${code}`;
	const { message, description, credentialRejected, isTransient } =
		REFUSALS.get(code) ?? refusalByStatus(response.status, details.isTransient);
	const said = typeof answer.message === 'string' && answer.message !== '' ? answer.message : null;
	return new VendorError(`${message} (${label})${said === null ? '' : `: ${said}`}`, {
		...details,
		vendorCode: code === '' ? details.vendorCode : code,
		credentialRejected,
		isTransient,
		description: withLogUUID(description, answer),
	});
}

function refusalByStatus(status: number, isTransient: boolean): Refusal {
	if (isTransient) {
		return {
			message: 'Agent Auth cannot issue a token at the moment',
			description: 'Try again later.',
			isTransient,
		};
	}
	if (status === 404) {
		return {
			message: 'There is no Agent Auth token endpoint at this base URL',
			description: 'Check the Base URL of the credential.',
		};
	}
	return {
		message: 'Agent Auth did not issue a token',
		description: 'Check the Base URL of the credential; if it is right, ask Agent Auth.',
		credentialRejected: status === 401 || status === 403,
	};
}

/** The number under which Agent Auth logged the request. */
export function readLogUUID({ logUUID }: Record<string, unknown>): string | null {
	return typeof logUUID === 'string' && logUUID !== '' ? logUUID : null;
}

/** `description` and, where the answer tells it, the number to ask the vendor's support about. */
export function withLogUUID(description: string, answer: Record<string, unknown>): string {
	const logUUID = readLogUUID(answer);
	return logUUID === null
		? description
		: `${description} Agent Auth support can look this request up by its logUUID ${logUUID}.`;
}
