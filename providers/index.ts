import { createEngine } from './tokens/engine';

/** The engine of this process: nodes and credentials share its tokens, refusals and limits. */
export const processEngine = createEngine();

/** What else nodes and credentials use of the providers, and all that the bundle of this folder exports. */
export { makeCall } from './call/call';
export type { CallContext, CallOptions } from './call/callContext';
export { VendorCredential } from './hooks/vendorCredential';
export type { Certificates } from './http/certificates';
export { contentKind, looksLikeText } from './http/contentKind';
export { decodeText } from './http/decodeText';
export { encodeForm } from './http/formEncoding';
export {
	FormFields,
	MultipartFields,
	type Readable,
	type RequestSpec,
	type UploadFile,
} from './http/requestSpec';
export { contentTypeOf, type Response } from './http/response';
export type { ResponseBody } from './http/responseBody';
export { DEFAULT_MAX_RETRIES } from './http/retry';
export { cutTo } from './kit/cutTo';
export { plainParts } from './kit/decoded';
export { readProxy } from './kit/connectionFields';
export { CanceledError, InputError, NetworkError, ProviderError, VendorError } from './kit/errors';
export { assertNoHost, withHeaders } from './kit/headers';
export { parsedJson } from './kit/json';
export { JsonNumber, parseJson } from './kit/jsonNumber';
export { tokenRulesOf, type Credentials, type Provider } from './kit/provider';
export { IDEMPOTENT_METHODS, tryAgain } from './kit/retryPolicy';
export { masker } from './kit/scrub';
export { foldBlanks, visibleText } from './kit/webPage';
export { providers } from './registry';
export type { Engine } from './tokens/engine';
export type { LogFields } from './kit/log';
export { RunReport } from './tokens/runReport';
export type { TokenUse } from './tokens/tokenSource';
export { useVendor, type VendorClient } from './tokens/useVendor';
export { scrubError } from './tokens/vendorRequest';
export { agentAuth } from './vendors/agentAuth/vendor';
export { maxus } from './vendors/maxus/vendor';
export { serviceComb } from './vendors/serviceComb/vendor';
export { tokenApi } from './vendors/tokenApi/vendor';
export { yesApi } from './vendors/yesApi/vendor';
