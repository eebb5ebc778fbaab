import type { YesApiCredentials } from './interfaceRequest';

/** What a refusal means, and what the user can do. */
export interface Refusal {
	message: string;
	description: string;
	/** The same credential is refused whatever the next call asks for. */
	credentialRejected?: boolean;
	isTransient?: boolean;
}

/** What `ret` says when it is not 200. */
const BY_RET: Record<number, Refusal> = {
	400: {
		message: 'YesApi did not accept the parameters',
		description: 'Check the parameters of the call against what YesApi says.',
	},
	401: {
		message: 'YesApi did not accept the session of this member',
		description:
			'UUID and Session Token do not belong together, or the session has ended. The member has to log in again; then use the new Session Token.',
	},
	402: {
		message: 'YesApi has banned the address that n8n calls from',
		description: 'Check the address rules of the app in the YesApi console, or ask YesApi.',
		credentialRejected: true,
	},
	404: {
		message: 'YesApi has no such interface at this base URL',
		description: 'Check the Base URL and the Path Style of the credential.',
	},
	406: {
		message: 'YesApi does not know the app key',
		description:
			'Check the App Key of the credential, and that its Base URL is the interface domain of the same account.',
		credentialRejected: true,
	},
	407: {
		message: 'The app key has expired at YesApi',
		description: 'Renew the app in the YesApi console, or use the App Key of another app.',
		credentialRejected: true,
	},
	408: {
		message: 'YesApi is too busy to serve this app key at the moment',
		description: 'Try again later.',
		isTransient: true,
	},
	413: {
		message: 'The quota of the app is used up at YesApi',
		description: 'Wait for the next period, or raise the quota in the YesApi console.',
	},
	415: {
		message: 'YesApi has locked the app',
		description: 'Look in the YesApi console for the reason, or ask YesApi to unlock it.',
		credentialRejected: true,
	},
};

const WRONG_SIGNATURE = 409;

const INTERNAL_FAULT: Refusal = {
	message: 'YesApi met an internal fault',
	description: 'Try again later; if this continues, ask YesApi.',
	isTransient: true,
};

const UNKNOWN: Refusal = {
	message: 'YesApi did not carry out the call',
	description: 'Check the parameters of the call against what YesApi says.',
};

/** By the `ret` of a response. */
export function refusalByRet(ret: number, credentials: YesApiCredentials): Refusal {
	if (ret === WRONG_SIGNATURE) {
		return {
			message: 'YesApi did not accept the signature',
			description: signatureAdvice(credentials),
			credentialRejected: true,
		};
	}
	return BY_RET[ret] ?? (ret >= 500 ? INTERNAL_FAULT : UNKNOWN);
}

/** By the HTTP status, where the response has no `ret` that says more. */
export function refusalByStatus(status: number): Refusal {
	const { message } = UNKNOWN;
	if (status === 429) {
		return {
			message,
			description: 'Too many requests. Wait a while, or lower "Concurrency".',
		};
	}
	if (status >= 500) return { message, description: INTERNAL_FAULT.description };
	return {
		message,
		description:
			'Check the Base URL of the credential: it is the interface domain of your app. A proxy or a firewall between n8n and YesApi may have responded instead.',
	};
}

/** By the fields that the credential shows for its kind of signature. */
function signatureAdvice({ signatureMode, pathStyle }: YesApiCredentials): string {
	switch (signatureMode) {
		case 'none':
			return 'The app wants its calls signed. Open the credential, set "Signature" to "Dynamic" or "Static" as the YesApi console says, and fill in what it then asks for.';
		case 'static':
			return 'Check the Static Signature of the credential against the YesApi console, and that the app is set to a static signature there.';
		case 'dynamic':
			return pathStyle === 'path'
				? 'Check the App Secret of the credential. With Path Style "Path", try the other setting of "Sign the Interface Name".'
				: 'Check the App Secret of the credential, and that the app is set to a dynamic signature in the YesApi console.';
	}
}
