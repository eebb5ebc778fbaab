import type { INodeProperties } from 'n8n-workflow';

import type { Provider } from '../../providers';
import { requestForm } from '../../nodes/AuthenticatedRequest/form';
import { toolDescriptions } from '../../nodes/AuthenticatedRequest/form/tool';

/** The form of the resource *API* with the operation *Call*: any endpoint of the vendor, with its token. */
export function apiFields(provider: Provider): INodeProperties[] {
	const shown = { resource: ['api'] };
	const operation: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Call',
				value: 'call',
				action: 'Call any endpoint',
				description: 'Make a call of your own, with a valid token on it',
			},
		],
		default: 'call',
	};
	const fields = [operation, ...toolDescriptions([provider]), ...requestForm([provider])];
	return fields.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { ...shown, ...property.displayOptions?.show },
		},
	}));
}
