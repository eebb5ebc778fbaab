import { NodeApiError, NodeOperationError, type OnError } from 'n8n-workflow';

import { errorItem, toNodeError } from '../../nodes/shared/nodeErrors';
import { InputError, NetworkError, VendorError } from '../../providers';
import { NODE } from '../support/executeContext';

const refused = new VendorError('Maxus did not issue a token: wrong', {
	vendorCode: '0',
	httpStatus: 200,
	description: 'Check the Service Code.',
});
const unreachable = new NetworkError('vendor.example refused the connection', {
	isTransient: true,
	wasNotSent: true,
	vendorCode: 'ECONNREFUSED',
	description: 'Check the port.',
});

it.each([
	['the vendor', refused, '200'],
	['the network', unreachable, null],
])('keeps message and advice when %s said no', (_name, error, httpCode) => {
	const nodeError = toNodeError(NODE, error, 7);
	expect(nodeError).toBeInstanceOf(NodeApiError);
	expect(nodeError).toMatchObject({
		message: error.message,
		description: error.description,
		httpCode,
		context: { itemIndex: 7 },
	});
});

it.each([400, 401, 403, 404, 409, 429, 500, 502, 503])(
	'keeps the message under HTTP %i, where n8n has one of its own',
	(httpStatus) => {
		const error = new VendorError('What the vendor said', { httpStatus, description: 'Advice' });
		expect(toNodeError(NODE, error, 0)).toMatchObject({
			message: 'What the vendor said',
			description: 'Advice',
			httpCode: String(httpStatus),
		});
	},
);

it('is a NodeOperationError when the input cannot be right', () => {
	const error = new InputError('The credential has no Service Code', {
		description: 'Fill it in.',
	});
	const nodeError = toNodeError(NODE, error, 2);
	expect(nodeError).toBeInstanceOf(NodeOperationError);
	expect(nodeError).toMatchObject({
		message: 'The credential has no Service Code',
		description: 'Fill it in.',
		context: { itemIndex: 2 },
	});
});

it.each([
	[refused, 'Maxus did not issue a token: wrong. Check the Service Code.'],
	[unreachable, 'vendor.example refused the connection. Check the port.'],
	[
		new InputError('The URL is empty', { description: 'Fill it in.' }),
		'The URL is empty. Fill it in.',
	],
	[new InputError('The URL is empty'), 'The URL is empty'],
	[new Error('unforeseen'), 'unforeseen'],
])(
	'says the advice in the message of a tool, which is all a model is told: %s',
	(error, message) => {
		const tool = { ...NODE, type: `${NODE.type}Tool` };
		expect(toNodeError(tool, error, 0).message).toBe(message);
		expect(toNodeError(tool, error, 1).message).toBe(message);
	},
);

it('adds the item index to an error of n8n', () => {
	const error = new NodeApiError(NODE, { message: 'no' });
	expect(toNodeError(NODE, error, 4)).toBe(error);
	expect(error.context.itemIndex).toBe(4);
});

it.each([
	['text', 'plain text'],
	['an unknown error', new Error('plain text')],
])('takes %s that was thrown', (_name, thrown) => {
	expect(toNodeError(NODE, thrown, 0)).toMatchObject({ message: 'plain text' });
});

describe('an error item', () => {
	const itemOf = (error: unknown, onError?: OnError) => {
		const node = { ...NODE, onError };
		return errorItem(node, error, toNodeError(node, error, 3), 3);
	};

	it.each([
		["the vendor's code", refused, { errorCode: '0', httpStatus: 200 }],
		['the name of the network fault', unreachable, { errorCode: 'ECONNREFUSED' }],
		['null for a wrong input', new InputError('wrong'), { errorCode: null }],
		[
			"n8n's HTTP code",
			new NodeApiError(NODE, { message: 'no', httpCode: '418' }),
			{ errorCode: '418' },
		],
		['null for anything else', new Error('wrong'), { errorCode: null }],
		[
			'what the service said besides',
			new VendorError('no', {
				vendorCode: '7',
				httpStatus: 409,
				details: { message: 'Twice', requestId: 'r-1', response: { errors: [{ field: 'vin' }] } },
			}),
			{
				errorCode: '7',
				httpStatus: 409,
				message: 'Twice',
				requestId: 'r-1',
				response: { errors: [{ field: 'vin' }] },
			},
		],
	])('has %s', (_name, error, details) => {
		expect(itemOf(error)).toEqual({
			json: { error: expect.any(String) as string, details },
			pairedItem: { item: 3 },
		});
	});

	it('goes to the error output of an n8n that looks for an error on the item', () => {
		const item = itemOf(refused, 'continueErrorOutput');
		expect(item.error).toBeInstanceOf(NodeApiError);
		// What n8n hands on is a copy with the fields of the input; it must keep the details.
		const handedOn = { ...item, json: { id: 1, ...item.json } };
		expect(handedOn.error).toBeUndefined();
		expect(handedOn.json).toMatchObject({ id: 1, details: { errorCode: '0' } });
	});

	it.each(['continueRegularOutput', undefined] as const)(
		'has no error elsewhere, where n8n would make its message the whole item: %s',
		(onError) => {
			expect(itemOf(refused, onError).error).toBeUndefined();
		},
	);
});

it('cuts what a service says at length', () => {
	const long = 'x'.repeat(2_000_000);
	const error = new VendorError(long, { description: long, vendorCode: long });
	const nodeError = toNodeError(NODE, error, 0);
	expect(nodeError.message).toBe(`${'x'.repeat(1000)}…`);
	expect(nodeError.description).toBe(`${'x'.repeat(3000)}…`);
	const item = errorItem(NODE, error, nodeError, 0);
	expect(JSON.stringify(item).length).toBeLessThan(1500);
});
