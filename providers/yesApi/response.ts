import { createHash } from 'node:crypto';

import { VendorError } from '../kit/errors';
import { jsonMember } from './jsonMember';
import type { HttpResponse } from '../kit/provider';
import { readJsonObject, statusDetails } from '../kit/vendorResponse';
import type { YesApiRequestOptions, YesApiCredentials } from './interfaceRequest';

type JsonObject = Record<string, unknown>;

const SUCCESS = 200;

interface Refusal {
	message: string;
	description: string;
	/** The same credential is refused whatever the next call asks for. */
	credentialRejected?: boolean;
	isTransient?: boolean;
}

/** What `ret` says when it is not 200. */
const REFUSALS: Record<number, Refusal> = {
	400: {
		message: 'YesApi did not accept the parameters',
		description: 'Check the values of this item against what YesApi says.',
	},
	401: {
		message: 'YesApi did not accept the session of this member',
		description:
			'UUID and Session Token do not belong together, or the session has ended. Let the member log in again and use the new Session Token.',
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
	409: {
		message: 'YesApi did not accept the signature',
		description:
			'Check the App Secret of the credential. With Path Style "Path", try the other setting of "Sign the Interface Name".',
		credentialRejected: true,
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
	500: {
		message: 'YesApi met an internal fault',
		description: 'Try again later; if it stays so, ask YesApi.',
	},
};

const UNKNOWN_REFUSAL: Refusal = {
	message: 'YesApi did not carry out the call',
	description: 'Check the credential and the values of this item against what YesApi says.',
};

/** The `_auth` of an answer: lower-case hex MD5 of `data` as it stands in the text, `_t` and the app secret. */
export function yesApiResponseSignature(data: string, time: string, appSecret: string): string {
	return createHash('md5').update(`${data}${time}${appSecret}`).digest('hex');
}

/**
 * The `data` of an answer. Whether the interface itself succeeded stands in it: see {@link interfaceCode}.
 * @throws {VendorError} when `ret` is not 200, or the answer should be signed and is not
 */
export function readInterfaceResponse(
	{ appSecret }: YesApiCredentials,
	{ verifyResponse }: YesApiRequestOptions,
	response: HttpResponse,
	now: number,
): JsonObject {
	const answer = readJsonObject('YesApi', response, now);
	const ret = readCode(answer.ret);
	if (ret !== SUCCESS || response.status >= 400) throw refusal(response, answer, ret, now);
	if (verifyResponse === true) assertSigned(response, answer, appSecret, now);
	const { data } = answer;
	return typeof data === 'object' && data !== null ? (data as JsonObject) : {};
}

/** 0: the interface succeeded; `null`: it does not say. The vendor's document misspells it once. */
export function interfaceCode(data: JsonObject): number | null {
	return readCode(data.err_code ?? data.err_coce);
}

/** What the interface itself says when it did not succeed. */
export function interfaceRefusal(
	data: JsonObject,
	response: HttpResponse,
	now: number,
): VendorError {
	const code = interfaceCode(data);
	const which = code === null ? '' : ` (code ${code})`;
	return new VendorError(`YesApi did not carry out the call${which}${quoted(data.err_msg)}`, {
		...statusDetails(response, now),
		...(code !== null && { vendorCode: String(code) }),
		description: UNKNOWN_REFUSAL.description,
	});
}

/** PHP writes numbers as text here and there. */
function readCode(value: unknown): number | null {
	const isText = typeof value === 'string' && value.trim() !== '';
	const code = typeof value === 'number' || isText ? Number(value) : NaN;
	return Number.isNaN(code) ? null : code;
}

function quoted(text: unknown): string {
	return typeof text === 'string' && text.trim() !== '' ? `: ${text.trim()}` : '';
}

function refusal(
	response: HttpResponse,
	answer: JsonObject,
	ret: number | null,
	now: number,
): VendorError {
	const details = statusDetails(response, now);
	if (ret === null && response.status < 400) {
		return new VendorError('The answer is not one of YesApi: it has no "ret"', {
			...details,
			description: 'Check the Base URL of the credential: it is the interface domain of your app.',
		});
	}
	const isOwn = ret !== null && ret !== SUCCESS;
	const { message, description, credentialRejected, isTransient } =
		(isOwn ? REFUSALS[ret] : undefined) ?? UNKNOWN_REFUSAL;
	const which = isOwn ? `ret ${ret}` : `HTTP ${response.status}`;
	return new VendorError(`${message} (${which})${quoted(answer.msg)}`, {
		...details,
		...(isOwn && { vendorCode: String(ret) }),
		description,
		credentialRejected,
		isTransient: isTransient === true || details.isTransient,
	});
}

function assertSigned(
	response: HttpResponse,
	answer: JsonObject,
	appSecret: string,
	now: number,
): void {
	const { _auth: signature, _t: time } = answer;
	const data = jsonMember(response.body, 'data');
	if (typeof signature !== 'string' || signature === '') {
		throw new VendorError('YesApi did not sign its answer', {
			...statusDetails(response, now),
			description:
				'"Verify Response" is on, but the answer holds no "_auth". Ask YesApi to switch signed answers on for your app, or switch the option off.',
		});
	}
	if (data !== null && yesApiResponseSignature(data, String(time), appSecret) === signature) return;
	throw new VendorError("The signature of YesApi's answer is not right", {
		...statusDetails(response, now),
		description:
			'Either the answer was changed on its way, or the App Secret of the credential is not the one of this app. The answer was not used.',
	});
}
