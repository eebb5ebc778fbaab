import type { ICredentialTestRequest, IHttpRequestOptions } from 'n8n-workflow';

import { VendorError } from '../kit/errors';
import { parseObject } from '../kit/json';
import { explainNetworkFault } from './networkFault';
import { proxyWantsLogin } from './proxyFault';
import { AS_IT_COMES, startOfResponse, type HttpHelper } from './transport';

/** What a credential's Test says of responses of its own. */
export type TestRules = NonNullable<ICredentialTestRequest['rules']>;

/** A request that n8n's helper answers by itself, without a server. */
const ANSWERED_BY_ITSELF: IHttpRequestOptions = { url: 'data:,', method: 'GET' };

/**
 * Makes the call that follows the login of a Test, as n8n would with these options, and returns what is left
 * for n8n to request: of a fault that n8n meets itself it shows a bare code such as ECONNRESET. Where the
 * instance checks every address, only a real one is left.
 * @throws {ProviderError} when the call says that the credential does not do
 */
export async function makeTestCall(
	httpRequest: HttpHelper,
	options: IHttpRequestOptions,
	rules: TestRules,
	abortSignal: AbortSignal,
): Promise<IHttpRequestOptions> {
	const url = new URL(options.url, options.baseURL).href;
	const sent = httpRequest({ ...options, ...AS_IT_COMES, abortSignal });
	const explain = (error: unknown, isResponding: boolean) => {
		const explained = explainNetworkFault(error, url, { isResponding, isTokenRequest: true });
		explained.message = `The login succeeded, but not the call after it: ${explained.message}`;
		return explained;
	};
	const { status, bytes } = await startOfResponse(sent, explain, abortSignal);
	assertSuccess(status, bytes.toString(), options, rules);
	return await httpRequest({ ...ANSWERED_BY_ITSELF }).then(
		() => ({ ...ANSWERED_BY_ITSELF }),
		() => options,
	);
}

function assertSuccess(
	status: number,
	body: string,
	{ ignoreHttpStatusErrors }: IHttpRequestOptions,
	rules: TestRules,
): void {
	if (status === 407) throw proxyWantsLogin();
	const isRefused = !ignoreHttpStatusErrors && (status < 200 || status >= 300);
	const json = parseObject(body) ?? {};
	for (const { type, properties } of rules) {
		const applies =
			type === 'responseCode'
				? isRefused && properties.value === status
				: !isRefused && 'key' in properties && json[properties.key] === properties.value;
		if (applies) throw new VendorError(properties.message);
	}
	if (!isRefused) return;
	throw new VendorError(
		`The login succeeded, but the service answered the call after it with HTTP ${status}`,
		{ description: adviceFor(status) },
	);
}

function adviceFor(status: number): string {
	if (status >= 500 || status === 429) return 'Try again later.';
	if (status >= 300 && status < 400) {
		return 'It redirects: let the Base URL and the Test Path give the final address.';
	}
	return 'Check the Test Path of the credential, and whether its account may call it with GET.';
}
