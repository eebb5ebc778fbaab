import { optionalText } from '../../kit/credentialFields';
import { InputError } from '../../kit/errors';
import type { Parameters, YesApiCredentials } from './interfaceRequest';

/** What can be asked of every interface. */
export interface YesApiRequestOptions {
	/** The member on whose behalf the call is made; goes together with `sessionToken`. */
	uuid?: string;
	sessionToken?: string;
	/** Refuse a response that is not signed with the app secret. */
	verifyResponse?: boolean;
}

const UUID_LENGTH = 32;
const SESSION_TOKEN_LENGTH = 64;

/**
 * The parameters `uuid` and `token` of a member's session; empty ones where no member is named.
 * @throws {InputError} when one is given without the other, or has not the length the vendor demands
 */
export function sessionParameters(options: YesApiRequestOptions): Parameters {
	const uuid = optionalText({ ...options }, 'uuid');
	const token = optionalText({ ...options }, 'sessionToken');
	if (uuid === '' && token === '') return {};
	if (uuid === '' || token === '') {
		throw new InputError('UUID and Session Token go together, and only one of them is given', {
			description: `Fill in ${uuid === '' ? 'the UUID' : 'the Session Token'} too, or neither. Both come from YesApi's member login.`,
		});
	}
	assertLength('UUID', uuid, UUID_LENGTH);
	assertLength('Session Token', token, SESSION_TOKEN_LENGTH);
	return { uuid, token };
}

function assertLength(label: string, text: string, length: number): void {
	if (text.length === length) return;
	throw new InputError(`The ${label} must have ${length} characters, and has ${text.length}`, {
		description: `Check that the ${label} was copied in full. It comes from YesApi's member login.`,
	});
}

/** @throws {InputError} when responses are to be verified and there is no secret to do it with */
export function assertCanVerify(
	{ appSecret }: YesApiCredentials,
	{ verifyResponse }: YesApiRequestOptions,
): void {
	if (verifyResponse !== true || appSecret !== '') return;
	throw new InputError('"Verify Response" needs the App Secret, and the credential has none', {
		description: 'Open the credential and fill in "App Secret", or switch the option off.',
	});
}
