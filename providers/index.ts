import { createEngine } from './tokens/engine';

/** The engine of this process: nodes and credentials share its tokens, refusals and limits. */
export const processEngine = createEngine();

/** What else nodes and credentials use of the providers, and all that the bundle of this folder exports. */
export { makeCall } from './call/call';
export type { CallContext, CallOptions } from './call/callContext';
export { VendorCredential } from './hooks/vendorCredential';
export { decodeText } from './http/decodeText';
export { FormFields, MultipartFields, type RequestSpec, type UploadFile } from './http/requestSpec';
export { contentTypeOf, type Response } from './http/response';
export { DEFAULT_MAX_RETRIES } from './http/retry';
export { cutTo } from './kit/cutTo';
export { plainParts } from './kit/decoded';
export { readProxy } from './kit/connectionFields';
export { CanceledError, InputError, ProviderError, VendorError } from './kit/errors';
export { assertNoHost, withHeaders } from './kit/headers';
export { jsonFault } from './kit/jsonFault';
export { parsedJson } from './kit/json';
export { parseJson } from './kit/jsonNumber';
export { keysOf, valueAtPath } from './kit/jsonPath';
export { tokenRulesOf, type Credentials, type Provider } from './kit/provider';
export { masker } from './kit/scrub';
export { visibleText } from './kit/webPage';
export { Pace } from './limit/pace';
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
