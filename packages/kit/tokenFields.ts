import type { INodeProperties } from 'n8n-workflow';

import { tokenNodeOptions } from '../../nodes/shared/tokenOptions';

/** The form of the resource *Token* with the one operation *Get*; `more` are options beside the common ones. */
export function tokenFields(description: string, ...more: INodeProperties[]): INodeProperties[] {
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['token'] } },
			options: [{ name: 'Get', value: 'get', action: 'Get a token', description }],
			default: 'get',
		},
		{ ...tokenNodeOptions(...more), displayOptions: { show: { resource: ['token'] } } },
	];
}
