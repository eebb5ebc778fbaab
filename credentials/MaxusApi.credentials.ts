import type {
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestMethods,
	INodeProperties,
} from 'n8n-workflow';

import { processEngine, type Engine, type Provider, VendorCredential, maxus } from '../providers';

/** Trims as the provider does: `preAuthentication` reads the same fields through it. */
const baseUrlExpression = `={{ ({ production: "${maxus.baseUrls.production}", test: "${maxus.baseUrls.test}" })[$credentials.environment] ?? $credentials.baseUrl.trim().replace(/(?<!\\/)\\/+$/, "") }}`;

/** In the expressions of the test; credentials saved before have none. */
const testPath = '($credentials.testPath ?? "").trim()';

const fields: INodeProperties[] = [
	{
		displayName: 'Environment',
		name: 'environment',
		type: 'options',
		options: [
			{ name: 'Production', value: 'production', description: maxus.baseUrls.production },
			{ name: 'Test', value: 'test', description: maxus.baseUrls.test },
			{ name: 'Custom', value: 'custom', description: 'Your own base URL' },
		],
		default: 'test',
		description: 'Which Maxus service to use',
		hint: 'Each environment has its own service code and secret',
	},
	{
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		displayOptions: { show: { environment: ['custom'] } },
		default: '',
		required: true,
		placeholder: `e.g. ${maxus.baseUrls.production}`,
		description: `Where the service is, without "${maxus.tokenPath}"`,
	},
	{
		displayName: 'Service Code',
		name: 'serviceCode',
		type: 'string',
		default: '',
		required: true,
		hint: 'Maxus sends it by email, one for each environment',
	},
	{
		displayName: 'Service Secret',
		name: 'serviceSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		hint: 'Maxus sends it by email, one for each environment',
	},
	{
		displayName: 'Test Path (Optional)',
		name: 'testPath',
		type: 'string',
		default: '',
		placeholder: 'e.g. /fir/dictionaryInfo/queryByTypeCode?typeCode=1',
		description: 'A path below the base URL. Leave it empty to test the login only.',
		hint: 'The test sends this read-only GET request with the new token, for example /fir/dictionaryInfo/queryByTypeCode?typeCode=1',
	},
];

/**
 * `preAuthentication` has got and checked a token before. Where the user names a call that only reads, it
 * is made with that token; else another one is requested, since every test needs a request.
 */
const test: ICredentialTestRequest = {
	request: {
		baseURL: baseUrlExpression,
		url: `={{ ${testPath} || "${maxus.tokenPath}" }}`,
		method: `={{ ${testPath} ? "GET" : "POST" }}` as IHttpRequestMethods,
		body: `={{ ${testPath} ? undefined : { serviceCode: $credentials.serviceCode.trim(), serviceSecret: $credentials.serviceSecret.trim() } }}`,
		json: true,
	},
	rules: [
		{
			type: 'responseCode',
			properties: {
				value: 401,
				message:
					'Maxus issued a token but does not accept it for the Test Path. Check that the path belongs to this environment.',
			},
		},
		{
			type: 'responseCode',
			properties: {
				value: 404,
				message: 'Maxus issued a token, but there is nothing at the Test Path.',
			},
		},
		{
			type: 'responseSuccessBody',
			properties: {
				key: 'status',
				value: 0,
				message:
					'Maxus issued a token, and then responded with status 0. Check the Test Path if you entered one; otherwise try again later.',
			},
		},
	] as ICredentialTestRequest['rules'],
};

export class MaxusApi extends VendorCredential implements ICredentialType {
	name = 'maxusApi';

	displayName = 'Maxus API';

	icon: Icon = {
		light: 'file:../nodes/MaxusToken/maxus.svg',
		dark: 'file:../nodes/MaxusToken/maxus.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/docs/vendors/maxus.md#the-credential';

	declare readonly test: ICredentialTestRequest;

	constructor(engine: Engine = processEngine, provider: Provider = maxus) {
		super(engine, provider, { fields, test });
	}
}
