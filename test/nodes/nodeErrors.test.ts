import { NodeApiError, NodeOperationError, type OnError } from 'n8n-workflow';

import { errorItem, toNodeError } from '../../nodes/shared/nodeErrors';
import { InputError, NetworkError, VendorError } from '../../providers/kit/errors';
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
	[refused, 'Maxus did not issue a token: wrong'],
	[unreachable, 'The service could not be reached, or did not answer in time. Try again later.'],
	[new InputError('The URL is empty', { description: 'Fill it in.' }), 'The URL is empty'],
	[
		new InputError('Tokens must not go to 10.0.0.1', {
			description: 'Open the credential and list it.',
			forCaller: 'Call another address.',
		}),
		'Call another address.',
	],
	[
		new VendorError('The service answered HTTP 429', {
			isTransient: true,
			retryAfterMs: 19_100,
			details: { message: 'Slow down' },
			description: 'Lower "Concurrency".',
		}),
		'The service answered HTTP 429: Slow down. Try again in 20 s.',
	],
	[
		new VendorError('The service answered HTTP 503', { isTransient: true }),
		'The service answered HTTP 503. Try again later.',
	],
	[new Error('unforeseen'), 'unforeseen'],
])(
	'tells a model what happened and what it may do, and nothing for the owner: %s',
	(error, message) => {
		const tool = { ...NODE, type: `${NODE.type}Tool` };
		for (const itemIndex of [0, 1]) {
			const nodeError = toNodeError(tool, error, itemIndex);
			expect(nodeError).toMatchObject({ message, context: { itemIndex } });
			expect(nodeError.description ?? '').toBe('');
			expect(JSON.stringify(nodeError)).not.toMatch(
				/Check|Open the credential|Concurrency|vendor\.example/,
			);
		}
	},
);

it('says in the message why the service refused, where nobody sees more than that', () => {
	const error = new VendorError('The service answered HTTP 422', {
		details: { message: 'too short' },
	});
	expect(toNodeError(NODE, error, 0).message).toBe('The service answered HTTP 422');
	expect(toNodeError(NODE, error, 0, { withReason: true }).message).toBe(
		'The service answered HTTP 422: too short',
	);
});

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
		[
			"the vendor's code, and what to do",
			refused,
			{ errorCode: '0', advice: 'Check the Service Code.', httpStatus: 200 },
		],
		[
			'the name of the network fault',
			unreachable,
			{ errorCode: 'ECONNREFUSED', advice: 'Check the port.' },
		],
		['null for a wrong input', new InputError('wrong'), { errorCode: null }],
		[
			"n8n's HTTP code",
			new NodeApiError(NODE, { message: 'no', httpCode: '418' }),
			{ errorCode: '418', advice: 'no' },
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
		expect(handedOn.json).toMatchObject({
			id: 1,
			details: { errorCode: '0' },
		});
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
	expect(JSON.stringify(item).length).toBeLessThan(4500);
});
