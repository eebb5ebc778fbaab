import type { VendorError } from '../../kit/errors';
import { parseObject } from '../../kit/json';
import type { BusinessResponse, Environment } from '../../kit/provider';
import type { YesApiCredentials } from './interfaceRequest';
import {
	interfaceCode,
	interfaceRefusal,
	readCode,
	readData,
	refusal,
	SUCCESS,
} from './interfaceResponse';

/**
 * Why a call of an interface was refused, by `ret` or by the code of the interface; `null` when it was not, or
 * the response is not in the form of YesApi.
 */
export function readCallResponse({
	credentials,
	response,
	env: { now },
}: {
	credentials: YesApiCredentials;
	response: BusinessResponse;
	env: Environment;
}): VendorError | null {
	// The user's own servers have responses of their own.
	if (new URL(response.url).host !== new URL(credentials.baseUrl).host) return null;
	const parsed = parseObject(response.body);
	const ret = readCode(parsed?.ret);
	if (parsed === null || ret === null) return null;
	if (ret !== SUCCESS) return refusal(credentials, response, parsed, ret, now());
	const data = readData(parsed);
	return (interfaceCode(data) ?? 0) === 0 ? null : interfaceRefusal(data, response, now());
}
