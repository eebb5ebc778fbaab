import { shownFor } from '../../../kit/fields';
import { dataOf, type Resource } from '../../../kit/operation';

/** `POST /claim/new/update`. */
export const claim: Resource = {
	name: 'Claim',
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['claim'] } },
			options: [
				{
					name: 'Update',
					value: 'update',
					action: 'Update a claim',
					description: 'Create a claim, or change one that there is',
				},
			],
			default: 'update',
		},
		...shownFor('claim', ['update'], {
			displayName: 'Claim (JSON)',
			name: 'claim',
			type: 'json',
			default: '{}',
			required: true,
			description: 'The fields of the claim by the names that Maxus gives them',
		}),
	],
	operations: {
		update: (parameters) => ({
			method: 'POST',
			url: '/claim/new/update',
			body: parameters.jsonObject('claim'),
			output: dataOf,
		}),
	},
};
