import { listFields, shownFor } from '../../../kit/fields';
import { entriesOf, type Resource } from '../../../kit/operation';

/** `GET /vehicle/fuzzy/queryVin`. */
export const vehicle: Resource = {
	name: 'Vehicle',
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['vehicle'] } },
			options: [
				{
					name: 'Search VIN',
					value: 'searchVin',
					action: 'Search vehicles by VIN',
					description: 'Find vehicles whose VIN matches a part of one',
				},
			],
			default: 'searchVin',
		},
		...shownFor(
			'vehicle',
			['searchVin'],
			{
				displayName: 'VIN',
				name: 'vin',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. LSKG5GL19CA211378',
				description: 'The vehicle identification number, or a part of it',
			},
			{
				displayName: 'ASC Code',
				name: 'ascCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. 4102019',
				description: 'The authorized service center that asks',
			},
			...listFields,
		),
	],
	operations: {
		searchVin: (parameters) => ({
			method: 'GET',
			url: '/vehicle/fuzzy/queryVin',
			query: { vin: parameters.text('vin'), ascCode: parameters.optionalText('ascCode') },
			output: (response) => entriesOf(response, 'data').slice(0, parameters.limit()),
		}),
	},
};
