import { shownFor, simplifyField } from '../../../kit/fields';
import { dataOf, member, only, type Resource } from '../../../kit/operation';

const SIMPLIFIED = [
	'feedbackId',
	'caseId',
	'title',
	'vin',
	'carLine',
	'mileage',
	'processStatusEn',
	'claimStatus',
	'createTime',
	'closeTime',
];

/** A FIR is a report of a fault of a vehicle, from a dealer: paths below `/fir`. */
export const fir: Resource = {
	name: 'FIR',
	about: "A FIR is a dealer's report of a fault of a vehicle.",
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['fir'] } },
			options: [
				{
					name: 'Get',
					value: 'get',
					action: 'Get a FIR',
					description: 'Retrieve the details of a FIR',
				},
				{
					name: 'Submit',
					value: 'submit',
					action: 'Submit a FIR',
					description: 'Create a new FIR',
				},
				{
					name: 'Update',
					value: 'update',
					action: 'Update a FIR',
					description: 'Change a FIR that was submitted',
				},
				{
					name: 'Upload File',
					value: 'uploadFile',
					action: 'Upload a file for a FIR',
					description: 'Store a file, so that a FIR can name it as an attachment',
				},
			],
			default: 'get',
		},
		...shownFor(
			'fir',
			['get'],
			{
				displayName: 'FIR ID',
				name: 'firId',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. 1564707596100981',
				description: 'The ID that Maxus gave the FIR when it was submitted',
			},
			simplifyField,
		),
		...shownFor('fir', ['submit', 'update'], {
			displayName: 'FIR (JSON)',
			name: 'fir',
			type: 'json',
			default: '{}',
			required: true,
			description:
				'The fields of the FIR by the names that Maxus gives them, e.g. "vin", "title", "mileage", "symptomComplaint"',
		}),
		...shownFor('fir', ['uploadFile'], {
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			description: 'The name of the incoming field containing the binary file data to be uploaded',
		}),
	],
	operations: {
		get: (parameters) => ({
			method: 'GET',
			url: '/fir/detail/query',
			query: { id: parameters.text('firId') },
			output: (response) => {
				const data = member(response, 'data');
				return parameters.switch('simplify') ? only(data, SIMPLIFIED) : data;
			},
		}),
		submit: (parameters) => ({
			method: 'POST',
			url: '/fir/new/submit',
			body: parameters.jsonObject('fir'),
			output: (response) => ({ firId: member(response, 'data') }),
		}),
		update: (parameters) => ({
			method: 'POST',
			url: '/fir/update',
			body: parameters.jsonObject('fir'),
			output: dataOf,
		}),
		uploadFile: (parameters) => ({
			method: 'POST',
			url: '/fir/file/upload',
			file: { field: 'file', binaryProperty: parameters.text('binaryPropertyName') },
			output: dataOf,
		}),
	},
};
