/** What nodes and credentials use of the providers, and all that the bundle of this folder exports. */
export {
	callVendor,
	credentialKey,
	dropAccessToken,
	getAccessToken,
	rateLimit,
	scrubbed,
	type VendorCall,
} from './engine/accessToken';
export { AGENT_AUTH_TOKEN_PATH, agentAuth } from './agentAuth/agentAuth';
export { baseUrlExpression } from './kit/credentialFields';
export { credentialHooks, testHeaders, tokenField, withHeaders } from './engine/credentialHooks';
export { systemEnvironment } from './engine/environment';
export { CanceledError, InputError, NetworkError, ProviderError, VendorError } from './kit/errors';
export { assertTokenMayGo } from './engine/hosts';
export { maxus, MAXUS_BASE_URLS, MAXUS_REGISTER_PATH } from './maxus/maxus';
export { explainNetworkFault, isNetworkFault } from './engine/networkFault';
export type { Credentials, Provider, ProviderType } from './kit/provider';
export { providers } from './registry';
export { DEFAULT_MAX_RETRIES, withRetries, type Outcome } from './engine/retry';
export { scrub } from './kit/scrub';
export { serviceComb, SERVICE_COMB_TOKEN_PATH } from './serviceComb/serviceComb';
export { toTokenItem } from './engine/tokenItem';
export type { TokenUse } from './engine/tokenSource';
export { sendVia, type Certificates } from './engine/transport';
export { readRetryAfter } from './kit/vendorResponse';
export { wait } from './engine/wait';
export { yesApi, type YesApiTokenOptions } from './yesApi/yesApi';
export {
	signInterfaceCall,
	type YesApiCallOptions,
	type YesApiCredentials,
} from './yesApi/interfaceCall';
export {
	readVerifyResponse,
	toVerificationItem,
	verifySecretsOf,
	verifyTokenRequest,
} from './yesApi/verify';
