import type { INodeProperties } from 'n8n-workflow';

import { METHODS, WEBDAV_METHODS } from '../read/readMethod';
import { jsonField, namedValues, specifyBy } from './namedValues';
import { urlProperties } from './url';
import type { Vendors } from './vendors';

export const requestProperties = (vendors: Vendors): INodeProperties[] => [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: [
			...METHODS.map((method) => ({ name: method, value: method })),
			...WEBDAV_METHODS.map((method) => ({
				name: method,
				value: method,
				displayOptions: { show: { 'options.webdavMethods': [true] } },
			})),
		],
		default: 'GET',
		description: 'The request method to use',
	},
	...urlProperties(vendors),
	{
		displayName: 'SSL Certificates',
		name: 'provideSslCertificates',
		type: 'boolean',
		default: false,
		isNodeSetting: true,
		description: 'Whether to use certificates from an SSL credential, also for logins',
	},
	{
		displayName: 'Provide certificates in the parameter "Credential for SSL Certificates"',
		name: 'provideSslCertificatesNotice',
		type: 'notice',
		default: '',
		isNodeSetting: true,
		displayOptions: { show: { provideSslCertificates: [true] } },
	},
	{
		displayName: 'Send Query Parameters',
		name: 'sendQuery',
		type: 'boolean',
		default: false,
		noDataExpression: true,
		description: 'Whether the request has query params or not',
	},
	specifyBy('specifyQuery', 'Specify Query Parameters', { show: { sendQuery: [true] } }),
	namedValues('queryParameters', 'Query Parameters', 'Query Parameter', {
		show: { sendQuery: [true], specifyQuery: ['keypair'] },
	}),
	jsonField('jsonQuery', { show: { sendQuery: [true], specifyQuery: ['json'] } }),
	{
		displayName: 'Send Headers',
		name: 'sendHeaders',
		type: 'boolean',
		default: false,
		noDataExpression: true,
		description: 'Whether the request has headers. You need none for the token: it is added.',
	},
	specifyBy('specifyHeaders', 'Specify Headers', { show: { sendHeaders: [true] } }),
	namedValues('headerParameters', 'Headers', 'Header', {
		show: { sendHeaders: [true], specifyHeaders: ['keypair'] },
	}),
	jsonField('jsonHeaders', { show: { sendHeaders: [true], specifyHeaders: ['json'] } }),
	{
		displayName:
			'Remove headers that carry a token, such as Authorization of an imported cURL command. The workflow stores them as plain text, and this node adds a valid token itself.',
		name: 'tokenHeadersNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { sendHeaders: [true] } },
	},
];
