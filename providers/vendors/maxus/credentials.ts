import { readConnection } from '../../kit/connectionFields';
import { allowedDomains, choice, requiredBaseUrl, requiredText } from '../../kit/credentialFields';
import type { Credentials } from '../../kit/provider';

/** The vendor's services, by the credential's `environment`. */
export const MAXUS_BASE_URLS = {
	production: 'https://oversea.saicmaxus.com/australia',
	test: 'https://oversea.saicmaxus.com/australia/test',
} as const;

export const MAXUS_REGISTER_PATH = '/base/api/token/register';

/** A Maxus credential, read and checked. */
export interface MaxusCredentials extends Credentials {
	serviceCode: string;
	serviceSecret: string;
}

/** Trims and checks a credential. @throws {InputError} naming the field that cannot be right */
export function readCredentials(data: Record<string, unknown>): MaxusCredentials {
	return {
		baseUrl: readBaseUrl(data),
		allowedDomains: allowedDomains(data),
		...readConnection(data),
		serviceCode: requiredText(data, 'serviceCode', 'Service Code'),
		serviceSecret: requiredText(data, 'serviceSecret', 'Service Secret'),
	};
}

function readBaseUrl(data: Record<string, unknown>): string {
	const environments = ['test', 'production', 'custom'] as const;
	const environment = choice(data, 'environment', 'Environment', environments);
	return environment === 'custom'
		? requiredBaseUrl(data, MAXUS_BASE_URLS.production, MAXUS_REGISTER_PATH)
		: MAXUS_BASE_URLS[environment];
}
