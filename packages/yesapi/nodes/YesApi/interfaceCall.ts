import { yesApi, type YesApiCredentials } from '../../vendor';
import type { VendorRequest } from '../../../kit/operation';

/**
 * A call of a YesApi interface: a form by `POST`, so that no value stands in a URL. Lists and objects go as
 * JSON text; what is `undefined` or empty is left out. The node adds `app_key` and the signature.
 */
export function interfaceCall(
	credentials: YesApiCredentials,
	service: string,
	parameters: Record<string, unknown>,
): VendorRequest {
	const filled = Object.entries(parameters).filter(
		([, value]) => value !== undefined && value !== '',
	);
	return {
		method: 'POST',
		url: yesApi.interfaceUrl(credentials, service),
		form: Object.fromEntries(
			filled.map(([name, value]) => [
				name,
				typeof value === 'object' ? JSON.stringify(value) : String(value),
			]),
		),
	};
}
