import {
	CanceledError,
	InputError,
	NetworkError,
	VendorError,
} from '../../../providers/kit/errors';

const errors = [
	new InputError('fake-secret'),
	new VendorError('fake-secret', { description: 'fake-secret', vendorCode: 'fake-secret' }),
	new NetworkError('fake-secret', { isTransient: false, wasNotSent: false }),
	new CanceledError(),
];

it.each(errors.map((error) => [error.name, error] as const))(
	'%s has none of the properties that n8n would show in place of the message',
	(_name, error) => {
		for (const property of ['code', 'status', 'statusCode', 'httpCode', 'response']) {
			expect(error).not.toHaveProperty(property);
		}
	},
);

it.each(errors.map((error) => [error.name, error] as const))(
	'%s is cleaned in every text, the stack too, which repeats the message',
	(_name, error) => {
		// Node.js writes the stack when the error is made; other tools, when it is first read.
		expect(error.stack).toContain(error.message);
		error.cleanTexts((text) => text.replaceAll('fake-secret', '***'));
		for (const text of [error.message, error.description, error.vendorCode, error.stack]) {
			expect(text ?? '').not.toContain('fake-secret');
		}
		expect(error.stack).toContain(error.message);
	},
);

it('is cut to a length after it was cleaned, since half a secret is not known as one', () => {
	const said = `${'x'.repeat(995)}fake-secret${'y'.repeat(2_000_000)}`;
	const error = new VendorError(said, { description: said.repeat(3), vendorCode: said });
	error.cleanTexts((text) => text.replaceAll('fake-secret', '***'));
	expect(error.message).toBe(`${'x'.repeat(995)}***yy…`);
	expect(error.description).toHaveLength(3001);
	expect(error.vendorCode).toHaveLength(101);
	expect(error.stack?.length).toBeLessThanOrEqual(5001);
	expect(`${error.description} ${error.stack}`).not.toContain('fake');
});

it('is named after its class', () => {
	expect(errors.map(({ name }) => name)).toEqual([
		'InputError',
		'VendorError',
		'NetworkError',
		'CanceledError',
	]);
});
