/** What a `code` of Agent Auth means; the advice is the vendor's handling suggestion. */
export interface CodeMeaning {
	/** Ends in what was refused where that matters. */
	message: (what: 'call' | 'token request') => string;
	/** In terms of the credential, for a token request. */
	tokenAdvice: string;
	/** For a business call, which came with a token that was good. */
	businessAdvice: string;
	/** The same credential is refused whatever it asks for. */
	credentialRejected?: boolean;
	isTransient?: boolean;
}

const CLOCK = 'check that the clock of the machine n8n runs on is right';

const WAIT = 'Wait a while before the next attempt, or lower "Concurrency".';

const FAULT = 'Try again later; if this continues, ask Agent Auth.';

const KEY =
	'Check the API Key of the credential: it is the encryption key of 64 hex digits, not the Secret.';

const MEANINGS = new Map<string, CodeMeaning>([
	[
		'7',
		{
			message: () => 'Agent Auth met an internal fault',
			tokenAdvice: FAULT,
			businessAdvice: FAULT,
			isTransient: true,
		},
	],
	[
		'10',
		{
			message: () => 'Agent Auth does not know this agent, or has blocked it',
			tokenAdvice:
				'Check the Agent ID and the Secret of the credential. If both are correct, ask Agent Auth whether the agent is active.',
			businessAdvice:
				'Check the Agent ID of the credential, and ask Agent Auth whether the agent is active.',
			credentialRejected: true,
		},
	],
	[
		'11',
		{
			message: (what) => `Agent Auth could not read the parameters of the ${what}`,
			tokenAdvice: 'Check that every field of the credential is complete and correctly written.',
			businessAdvice:
				'Check that the body has every parameter the interface asks for, correctly written.',
		},
	],
	[
		'12',
		{
			message: () => 'Agent Auth did not authorize this agent',
			tokenAdvice:
				'Check the Agent ID and the Secret of the credential, and ask Agent Auth whether the agent may use this API.',
			businessAdvice:
				'A new token was refused, too. Ask Agent Auth whether the agent may make this call.',
			credentialRejected: true,
		},
	],
	[
		'77',
		{
			message: () => 'Agent Auth received too many requests',
			tokenAdvice: WAIT,
			businessAdvice: WAIT,
			isTransient: true,
		},
	],
	[
		'83',
		{
			message: () => 'Agent Auth did not accept the signature',
			tokenAdvice: `Check the Agent ID of the credential, try its other Signature Format, and ${CLOCK}.`,
			businessAdvice: `Try the other Signature Format of the credential, and ${CLOCK}.`,
			credentialRejected: true,
		},
	],
	[
		'84',
		{
			message: () => 'Agent Auth could not decrypt the request',
			tokenAdvice: KEY,
			businessAdvice: KEY,
			credentialRejected: true,
		},
	],
]);

/** The meaning of a code; `undefined` for a code that is not described. */
export function meaningOf(code: string): CodeMeaning | undefined {
	return MEANINGS.get(code);
}

/** The `code` of a response, as text; `null` when it has none. */
export function readCode({ code }: Record<string, unknown>): string | null {
	const text = typeof code === 'number' || typeof code === 'string' ? String(code) : '';
	return /^-?\d+$/.test(text) ? text : null;
}
