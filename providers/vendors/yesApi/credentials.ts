import { readConnection } from '../../kit/connectionFields';
import {
	allowedDomains,
	choice,
	optionalText,
	requiredBaseUrl,
	requiredText,
} from '../../kit/credentialFields';
import { InputError } from '../../kit/errors';
import type { YesApiCredentials } from './interfaceRequest';

const DEFAULT_SUB = 'YesApi';
const MIN_APP_KEY_LENGTH = 32;

const ENDPOINTS = ['ApplyToken', 'VerifyToken', 'ExchangeToken'].map(
	(name) => `/api/App/Common_Jwt/${name}`,
);

/** Trims and checks a credential. @throws {InputError} naming the field that cannot be right */
export function readCredentials(data: Record<string, unknown>): YesApiCredentials {
	const signatureMode = choice(data, 'signatureMode', 'Signature', ['dynamic', 'static', 'none']);
	const pathStyle = choice(data, 'pathStyle', 'Path Style', ['query', 'path']);
	return {
		baseUrl: requiredBaseUrl(data, 'https://example.api.okayapi.com', ...ENDPOINTS),
		allowedDomains: allowedDomains(data),
		...readConnection(data),
		appKey: readAppKey(data),
		appSecret:
			signatureMode === 'dynamic'
				? requiredText(data, 'appSecret', 'App Secret')
				: optionalText(data, 'appSecret'),
		signatureMode,
		...(signatureMode === 'static' && {
			staticSignSecret: requiredText(data, 'staticSignSecret', 'Static Signature'),
		}),
		pathStyle,
		signService: signatureMode === 'dynamic' && pathStyle === 'path' && data.signService === true,
		sub: optionalText(data, 'sub') || DEFAULT_SUB,
		uid: optionalText(data, 'uid'),
	};
}

function readAppKey(data: Record<string, unknown>): string {
	const appKey = requiredText(data, 'appKey', 'App Key');
	if (appKey.length >= MIN_APP_KEY_LENGTH) return appKey;
	throw new InputError(
		`The App Key of the credential must have at least ${MIN_APP_KEY_LENGTH} characters, and has ${appKey.length}`,
		{ description: 'Copy it from the YesApi console again, in full.' },
	);
}
