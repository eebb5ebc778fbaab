import { createHash } from 'node:crypto';

import { VendorError } from '../../kit/errors';
import { scalarText } from '../../kit/json';
import { jsonMember } from './jsonMember';
import type { HttpResponse } from '../../kit/provider';
import { readJsonObject, statusDetails } from '../../kit/vendorResponse';
import type { YesApiCredentials } from './interfaceRequest';
import { refusalByRet, refusalByStatus } from './refusals';
import type { YesApiRequestOptions } from './session';

type JsonObject = Record<string, unknown>;

/** The `ret` of a response that is no refusal. */
export const SUCCESS = 200;

/** The `_auth` of a response: lower-case hex MD5 of `data` as it stands in the text, `_t` and the app secret. */
export function yesApiResponseSignature(data: string, time: string, appSecret: string): string {
	return createHash('md5').update(`${data}${time}${appSecret}`).digest('hex');
}

/**
 * The `data` of a response. Whether the interface itself succeeded stands in it: see {@link interfaceCode}.
 * @throws {VendorError} when `ret` is not 200, or the response should be signed and is not
 */
export function readInterfaceResponse(
	credentials: YesApiCredentials,
	{ verifyResponse }: YesApiRequestOptions,
	response: HttpResponse,
	now: number,
): JsonObject {
	const parsed = readJsonObject('YesApi', response, now);
	const ret = readCode(parsed.ret);
	if (ret !== SUCCESS || response.status >= 400)
		throw refusal(credentials, response, parsed, ret, now);
	if (verifyResponse === true) assertSigned(credentials, response, parsed, now);
	return readData(parsed);
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
		said: [quoted(data.err_msg)],
		description: 'Check the parameters of the call against what YesApi says.',
	});
}

/** PHP writes numbers as text here and there. */
export function readCode(value: unknown): number | null {
	const isText = typeof value === 'string' && value.trim() !== '';
	const code = typeof value === 'number' || isText ? Number(value) : NaN;
	return Number.isNaN(code) ? null : code;
}

function quoted(text: unknown): string {
	return typeof text === 'string' && text.trim() !== '' ? `: ${text.trim()}` : '';
}

/** Why a response was refused, by `ret` or by its HTTP status. */
export function refusal(
	credentials: YesApiCredentials,
	response: HttpResponse,
	parsed: JsonObject,
	ret: number | null,
	now: number,
): VendorError {
	const details = statusDetails(response, now);
	if (ret === null && response.status < 400) {
		return new VendorError('The response is not from YesApi: it has no "ret"', {
			...details,
			description: 'Check the Base URL of the credential: it is the interface domain of your app.',
		});
	}
	const isOwn = ret !== null && ret !== SUCCESS;
	const { message, description, credentialRejected, isTransient } = isOwn
		? refusalByRet(ret, credentials)
		: refusalByStatus(response.status);
	const which = isOwn ? `ret ${ret}` : `HTTP ${response.status}`;
	return new VendorError(`${message} (${which})${quoted(parsed.msg)}`, {
		...details,
		...(isOwn && { vendorCode: String(ret) }),
		said: [quoted(parsed.msg)],
		description,
		credentialRejected,
		isTransient: isTransient === true || details.isTransient,
	});
}

/** The `data` of a response; empty where there is none. */
export function readData({ data }: JsonObject): JsonObject {
	return typeof data === 'object' && data !== null ? (data as JsonObject) : {};
}

/** @throws {VendorError} when a response is not signed with the app secret, or was changed since */
export function assertSigned(
	{ appSecret }: YesApiCredentials,
	response: HttpResponse,
	parsed: JsonObject,
	now: number,
): void {
	const { _auth: signature, _t: time } = parsed;
	const data = jsonMember(response.body, 'data');
	if (typeof signature !== 'string' || signature === '') {
		throw new VendorError('YesApi did not sign its response', {
			...statusDetails(response, now),
			description:
				'"Verify Response" is on, but the response holds no "_auth". Ask YesApi to switch signed responses on for your app, or switch the option off.',
		});
	}
	if (data !== null && yesApiResponseSignature(data, scalarText(time), appSecret) === signature)
		return;
	throw new VendorError("The signature of YesApi's response is wrong", {
		...statusDetails(response, now),
		description:
			'Either the response was changed on its way, or the App Secret of the credential is not the one of this app. The response was not used.',
	});
}
