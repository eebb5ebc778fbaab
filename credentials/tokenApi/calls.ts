import type { INodeProperties } from 'n8n-workflow';

import { shownFor } from './shown';

/** What Test calls; the path stands before these. */
export const testProperties: INodeProperties[] = [
	{
		displayName: 'Test Method',
		name: 'testMethod',
		type: 'options',
		noDataExpression: true,
		displayOptions: { hide: { testPath: [''] } },
		options: ['GET', 'POST'].map((name) => ({ name, value: name })),
		default: 'GET',
	},
	{
		displayName: 'Test Body',
		name: 'testBody',
		type: 'string',
		typeOptions: { rows: 3 },
		noDataExpression: true,
		displayOptions: { show: { testMethod: ['POST'] }, hide: { testPath: [''] } },
		default: '{}',
		hint: 'As JSON',
	},
];

/** What proves who calls, for services that want it of the login or of every call (mutual TLS). */
export const certificateProperties: INodeProperties[] = [
	{
		displayName: 'Client Certificate',
		name: 'clientCertificate',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		hint: 'For services that ask the caller for a certificate (mutual TLS). Takes n8n 2.20 or newer.',
		description:
			'Whether the service wants a certificate of who calls, for the login and each call (mutual TLS)',
	},
	...shownFor(
		{ clientCertificate: [true] },
		{
			displayName: 'Certificate in PEM',
			name: 'clientCert',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			required: true,
		},
		{
			displayName: 'Private Key',
			name: 'clientKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			required: true,
		},
		{
			displayName: 'Private Key Passphrase',
			name: 'clientKeyPassphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: 'Only for an encrypted key',
		},
	),
];
