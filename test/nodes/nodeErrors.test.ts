import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { errorJson, toNodeError } from '../../nodes/shared/nodeErrors';
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
	const jsonOf = (error: unknown) => errorJson(error, toNodeError(NODE, error, 0));

	it.each([
		["the vendor's code", refused, '0'],
		['the name of the network fault', unreachable, 'ECONNREFUSED'],
		['null for a wrong input', new InputError('wrong'), null],
		["n8n's HTTP code", new NodeApiError(NODE, { message: 'no', httpCode: '418' }), '418'],
		['null for anything else', new Error('wrong'), null],
	])('has %s', (_name, error, errorCode) => {
		expect(jsonOf(error)).toEqual({ error: expect.any(String) as string, details: { errorCode } });
	});
});
