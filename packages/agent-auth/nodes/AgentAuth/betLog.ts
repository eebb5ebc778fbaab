import { listFields, shownFor, simplifyField } from '../../../kit/fields';
import { entriesOf, only, type Resource, type VendorRequest } from '../../../kit/operation';
import type { Parameters } from '../../../kit/parameters';

const SIMPLIFIED = [
	'betId',
	'roundId',
	'betTime',
	'txTime',
	'username',
	'gameCode',
	'currency',
	'betStatus',
	'actualBetAmt',
	'winAmt',
];

/** As many as the vendor gives at once. */
const PAGE_SIZE = 5000;

/** "Query Bet Logs (Paginated)" of Vertex Play: `/v2/betlogs/offset`. */
export const betLog: Resource = {
	name: 'Bet Log',
	about: 'A bet log is the record of one bet of a player.',
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['betLog'] } },
			options: [
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many bet logs',
					description: 'Retrieve a list of the bets within a time',
				},
			],
			default: 'getAll',
		},
		...shownFor(
			'betLog',
			['getAll'],
			{
				displayName: 'From',
				name: 'startDate',
				type: 'dateTime',
				default: '',
				required: true,
				description: 'When the time begins',
			},
			{
				displayName: 'To',
				name: 'endDate',
				type: 'dateTime',
				default: '',
				required: true,
				description: 'When the time ends',
			},
			{
				displayName: 'Bet Source ID',
				name: 'betSourceId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 0',
				description: 'The code of the source of the bets. Without it: all.',
			},
			...listFields,
			simplifyField,
		),
	],
	operations: { getAll: (parameters) => page(parameters, 0) },
};

function page(parameters: Parameters, offset: number): VendorRequest {
	const left = parameters.limit() - offset;
	const rowsOf = (response: unknown) => entriesOf(response, 'data', 'rows');
	return {
		method: 'POST',
		url: '/v2/betlogs/offset',
		body: {
			startDate: parameters.isoTime('startDate'),
			endDate: parameters.isoTime('endDate'),
			betSourceId: parameters.optionalText('betSourceId') || undefined,
			offset,
		},
		output: (response) => {
			const rows = rowsOf(response).slice(0, left);
			return parameters.switch('simplify') ? only(rows, SIMPLIFIED) : rows;
		},
		next: (response) =>
			rowsOf(response).length >= PAGE_SIZE && left > PAGE_SIZE
				? page(parameters, offset + PAGE_SIZE)
				: null,
	};
}
