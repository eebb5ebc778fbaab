import { createEngine } from './engine/engine';

/** The engine of this process: nodes and credentials share its tokens, refusals and limits. */
export const processEngine = createEngine();

/** What else nodes and credentials use of the providers, and all that the bundle of this folder exports. */
export {
	credentialKey,
	dropAccessToken,
	dropOutdatedToken,
	getAccessToken,
} from './engine/accessToken';
export { AGENT_AUTH_TOKEN_PATH, agentAuth } from './agentAuth/agentAuth';
export {
	credentialHooks,
	testHeaders,
	tokenField,
	type CredentialHooks,
} from './engine/credentialHooks';
export { placeFor } from './engine/credentialPlace';
export { createEngine, type Engine } from './engine/engine';
export { assertTokenMayGo } from './engine/hosts';
export { explainNetworkFault, explainTimeout, isNetworkFault } from './engine/networkFault';
export { proxyWantsLogin } from './engine/proxyFault';
export type { Place } from './engine/rateLimit';
export { withHeaders } from './engine/requestOptions';
export { DEFAULT_MAX_RETRIES, withRetries, type Outcome } from './engine/retry';
export type { Runtime } from './engine/runtime';
export { toTokenItem } from './engine/tokenItem';
export type { TokenUse } from './engine/tokenSource';
export { OfferedCertificates, type Certificates } from './engine/certificates';
export { AS_IT_COMES, sendVia, type Send } from './engine/transport';
export { requestVendor, scrubError, type VendorRequestOptions } from './engine/vendorRequest';
export { connectionFields, readProxy } from './kit/connectionFields';
export { baseUrlExpression } from './kit/credentialFields';
export { cutTo } from './kit/cutTo';
export {
	CanceledError,
	InputError,
	NetworkError,
	ProviderError,
	VendorError,
	type TokenState,
} from './kit/errors';
export { JsonNumber, parseJson } from './kit/jsonNumber';
export { parsedJson } from './kit/json';
export type { BusinessResponse, Credentials, Provider } from './kit/provider';
export { scrubber } from './kit/scrub';
export { tokenTargetFields } from './kit/tokenTargets';
export { readRetryAfter } from './kit/vendorResponse';
export { maxus, MAXUS_BASE_URLS, MAXUS_REGISTER_PATH } from './maxus/maxus';
export { providerOf, providers, type ProviderType } from './registry';
export { serviceComb, SERVICE_COMB_TOKEN_PATH } from './serviceComb/serviceComb';
export type { YesApiRequestOptions } from './yesApi/session';
export {
	readVerifyResponse,
	toVerificationItem,
	verifySecretsOf,
	verifyTokenRequest,
} from './yesApi/verify';
export { PRESETS as tokenApiPresets, type Preset as TokenApiPreset } from './tokenApi/presets';
export { tokenApi } from './tokenApi/tokenApi';
export { yesApi, type YesApiTokenOptions } from './yesApi/yesApi';
