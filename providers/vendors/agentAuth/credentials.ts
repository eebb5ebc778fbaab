import { readConnection } from '../../kit/connectionFields';
import {
	allowedDomains,
	choice,
	optionalText,
	requiredBaseUrl,
	requiredText,
} from '../../kit/credentialFields';
import { InputError } from '../../kit/errors';
import type { Credentials } from '../../kit/provider';
import { SIGNATURE_FORMATS, type SignatureFormat } from './cipher';

export const AGENT_AUTH_TOKEN_PATH = '/v2/auth';

const API_KEY = /^[0-9a-f]{64}$/i;

/** An Agent Auth credential, read and checked. */
export interface AgentAuthCredentials extends Credentials {
	agentId: string;
	/** The agent that logs in, where it is not the same. */
	bodyAgentId?: string;
	secret: string;
	/** The AES-256 key in hex. */
	apiKey: string;
	signatureFormat: SignatureFormat;
}

/** Trims and checks a credential. @throws {InputError} naming the field that cannot be right */
export function readCredentials(data: Record<string, unknown>): AgentAuthCredentials {
	return {
		baseUrl: requiredBaseUrl(data, 'https://api.example.com', AGENT_AUTH_TOKEN_PATH),
		allowedDomains: allowedDomains(data),
		...readConnection(data),
		agentId: readAgentId(data),
		bodyAgentId: optionalText(data, 'bodyAgentId') || undefined,
		secret: requiredText(data, 'secret', 'Secret'),
		apiKey: readApiKey(data),
		signatureFormat: choice(data, 'signatureFormat', 'Signature Format', SIGNATURE_FORMATS),
	};
}

/** It goes into a header. */
function readAgentId(data: Record<string, unknown>): string {
	const agentId = requiredText(data, 'agentId', 'Agent ID');
	if (/^[\x20-\x7e]+$/.test(agentId)) return agentId;
	throw new InputError('The Agent ID of the credential has characters that no header can carry', {
		description:
			'Enter it again, as Agent Auth gave it to you: it has letters, digits and punctuation only, without accents.',
	});
}

function readApiKey(data: Record<string, unknown>): string {
	const apiKey = requiredText(data, 'apiKey', 'API Key');
	if (API_KEY.test(apiKey)) return apiKey;
	throw new InputError('The API Key of the credential is not 64 hex digits', {
		description: `It must hold the digits 0-9 and a-f only, 64 of them; it has ${apiKey.length} characters. Paste the encryption key Agent Auth gave you, which is not the Secret.`,
	});
}
