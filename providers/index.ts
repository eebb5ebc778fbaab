/** What nodes and credentials use of the providers, and all that the bundle of this folder exports. */
export {
	callVendor,
	credentialKey,
	dropAccessToken,
	getAccessToken,
	rateLimit,
	scrubbed,
	type VendorCall,
} from './accessToken';
export { AGENT_AUTH_TOKEN_PATH, agentAuth } from './agentAuth';
export { baseUrlExpression } from './credentialFields';
export { credentialHooks, testHeaders, tokenField, withHeaders } from './credentialHooks';
export { systemEnvironment } from './environment';
export { CanceledError, InputError, NetworkError, ProviderError, VendorError } from './errors';
export { assertTokenMayGo } from './hosts';
export { maxus, MAXUS_BASE_URLS, MAXUS_REGISTER_PATH } from './maxus';
export { explainNetworkFault, isNetworkFault } from './networkFault';
export type { Credentials, Provider, ProviderType } from './provider';
export { providers } from './registry';
export { DEFAULT_MAX_RETRIES, withRetries, type Outcome } from './retry';
export { scrub } from './scrub';
export { serviceComb, SERVICE_COMB_TOKEN_PATH } from './serviceComb';
export { toTokenItem } from './tokenItem';
export type { TokenUse } from './tokenSource';
export { sendVia, type Certificates } from './transport';
export { readRetryAfter } from './vendorResponse';
export { wait } from './wait';
export { yesApi, type YesApiTokenOptions } from './yesApi';
export { signInterfaceCall, type YesApiCallOptions, type YesApiCredentials } from './yesApiCall';
export {
	readVerifyResponse,
	toVerificationItem,
	verifySecretsOf,
	verifyTokenRequest,
} from './yesApiVerify';
