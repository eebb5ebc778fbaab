import { listFields, shownFor } from '../../../kit/fields';
import { dataOf, entriesOf, type Resource } from '../../../kit/operation';

/** `GET /fir/dictionaryInfo/queryByTypeCode`, `/fir/dictionary/all/query` and `/fir/option/all/query`. */
export const dictionary: Resource = {
	name: 'Dictionary',
	about: 'A dictionary holds the codes that the fields of reports take.',
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['dictionary'] } },
			options: [
				{
					name: 'Get Entries',
					value: 'getEntries',
					action: 'Get the entries of a dictionary',
					description: 'Retrieve the codes of one dictionary and what they mean',
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many dictionaries',
					description: 'Retrieve a list of dictionaries, each with its entries',
				},
				{
					name: 'Get Many Options',
					value: 'getOptions',
					action: 'Get many options',
					description: 'Retrieve a list of the options that reports are filled in with',
				},
			],
			default: 'getEntries',
		},
		...shownFor('dictionary', ['getEntries'], {
			displayName: 'Dictionary Name or ID',
			name: 'typeCode',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getDictionaries' },
			default: '',
			required: true,
			description:
				'The type code of the dictionary. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		}),
		...shownFor('dictionary', ['getAll', 'getOptions'], ...listFields),
	],
	operations: {
		getEntries: (parameters) => ({
			method: 'GET',
			url: '/fir/dictionaryInfo/queryByTypeCode',
			query: { typeCode: parameters.text('typeCode') },
			output: dataOf,
		}),
		getAll: (parameters) => ({
			method: 'GET',
			url: '/fir/dictionary/all/query',
			output: (response) => entriesOf(response, 'data').slice(0, parameters.limit()),
		}),
		getOptions: (parameters) => ({
			method: 'GET',
			url: '/fir/option/all/query',
			output: (response) => entriesOf(response, 'data').slice(0, parameters.limit()),
		}),
	},
};
