import type { ICredentialTestRequest, IHttpRequestOptions } from 'n8n-workflow';

import { NetworkError, VendorError } from '../kit/errors';
import type { BusinessResponse } from '../kit/provider';
import { parseObject } from '../kit/json';
import { Deadline } from '../http/deadline';
import { AS_IT_COMES, receive, type HttpHelpers } from '../http/exchange';
import { isOfProxy, proxyWantsLogin } from '../http/proxyFault';
import { LONGEST_TOKEN_RESPONSE } from '../http/transport';

/** What a credential's Test says of responses of its own. */
export type TestRules = NonNullable<ICredentialTestRequest['rules']>;

/** How a test judges the response to its call. */
export interface Judge {
	rules: TestRules;
	/** What the provider says of it. */
	refusalOf: (response: BusinessResponse) => VendorError | null;
}

/** A request that n8n's helper answers by itself, without a server. */
const ANSWERED_BY_ITSELF: IHttpRequestOptions = { url: 'data:,', method: 'GET' };

/**
 * Makes the call that follows the login of a Test, as n8n would with these options, and returns what is left
 * for n8n to request: of a fault that n8n meets itself it shows a bare code such as ECONNRESET. Where the
 * instance or the credential checks every address, a real one without the token is left.
 * @throws {ProviderError} when the call says that the credential does not do
 */
export async function makeTestCall(
	httpRequest: HttpHelpers['httpRequest'],
	options: IHttpRequestOptions,
	{ rules, refusalOf }: Judge,
	abortSignal: AbortSignal,
): Promise<IHttpRequestOptions> {
	const url = new URL(options.url, options.baseURL).href;
	const deadline = Deadline.following(abortSignal);
	const route = () => ({ isTokenRequest: true });
	try {
		// The helper of a hook brings the hosts of the credential itself, and refuses options that bring them, too.
		const own = { ...options, allowedDomains: undefined };
		const sent = httpRequest({ ...own, ...AS_IT_COMES, abortSignal: deadline.signal });
		const {
			statusCode: status,
			headers,
			...response
		} = await receive(sent, { url, route }, deadline);
		if (isOfProxy(status, headers)) throw proxyWantsLogin(status);
		const body = (await response.body.onlyStart(LONGEST_TOKEN_RESPONSE)).toString();
		assertSuccess(status, body, options, rules);
		if (options.ignoreHttpStatusErrors !== true) {
			assertTaken(refusalOf({ status, headers, body, url }), body);
		}
	} catch (error) {
		throw ofCallAfterLogin(error);
	}
	return await httpRequest({ ...ANSWERED_BY_ITSELF }).then(
		() => ({ ...ANSWERED_BY_ITSELF }),
		() => withoutToken(options, url),
	);
}

/**
 * A request that tells nothing and carries nothing: the call was made, a nonce serves once, and the session of the
 * test may have ended.
 */
function withoutToken(options: IHttpRequestOptions, url: string): IHttpRequestOptions {
	const { allowedDomains, proxy, skipSslCertificateValidation, agentOptions } = options;
	return {
		url: new URL('/', url).href,
		method: 'HEAD',
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		...(allowedDomains !== undefined && { allowedDomains }),
		...(proxy !== undefined && { proxy }),
		...(agentOptions !== undefined && { agentOptions }),
		...(skipSslCertificateValidation !== undefined && { skipSslCertificateValidation }),
	};
}

/** A field for a password, as only a login page has it. */
const PASSWORD_FIELD = /<input\b[^<>]*\btype\s?=\s?["']?password\b/i;

/** What says under a status of success that the token was not taken. */
function assertTaken(refusal: VendorError | null, body: string): void {
	if (refusal?.tokenState === 'refused') {
		throw new VendorError(`The login succeeded, but not the call after it: ${refusal.message}`, {
			description: refusal.description,
		});
	}
	if (!PASSWORD_FIELD.test(body)) return;
	throw new VendorError(
		'The login succeeded, but the service answered the call after it with a login page',
		{ description: 'Check how the token is sent, and the Test Path of the credential.' },
	);
}

/** Tells a fault of the call from one of the login before it. */
function ofCallAfterLogin(error: unknown): unknown {
	if (error instanceof NetworkError) {
		error.message = `The login succeeded, but not the call after it: ${error.message}`;
	}
	return error;
}

function assertSuccess(
	status: number,
	body: string,
	{ ignoreHttpStatusErrors }: IHttpRequestOptions,
	rules: TestRules,
): void {
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
		`The login succeeded, but the service responded to the call after it with HTTP ${status}`,
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
