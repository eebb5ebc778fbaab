import { optionalText } from '../../kit/credentialFields';
import type { YesApiCredentials } from './interfaceRequest';
import type { YesApiRequestOptions } from './session';

/**
 * The values that no message may show. The app key is one of them: while signing is switched off, nothing else
 * is needed to call as this app.
 */
export function secretsOf({
	credentials: { appKey, appSecret, staticSignSecret },
	options,
}: {
	credentials: YesApiCredentials;
	options?: YesApiRequestOptions;
}): string[] {
	return [
		appKey,
		appSecret,
		optionalText({ ...options }, 'sessionToken'),
		...(staticSignSecret === undefined ? [] : [staticSignSecret]),
	];
}
