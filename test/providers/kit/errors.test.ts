import {
	CanceledError,
	InputError,
	NetworkError,
	VendorError,
} from '../../../providers/kit/errors';
import { scrubber } from '../../../providers/kit/scrub';

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

describe('what a service said, in sentences of ours', () => {
	const told = (said: string[] | undefined, secrets: string[]) => {
		const error = new VendorError('ServiceComb refused the password: wrong password!', {
			description: 'Correct the password. The service says: wrong password!',
			vendorCode: '401202',
			said,
		});
		error.cleanTexts(scrubber(secrets));
		return error;
	};

	it('goes whole where it holds a word that is a secret, and our words stay', () => {
		const error = told(['wrong password!'], ['password']);
		expect(error.message).toBe('ServiceComb refused the password: ***');
		expect(error.description).toBe('Correct the password. The service says: ***');
		expect(error.stack).toContain('ServiceComb refused the password: ***\n');
		expect(error.stack).not.toContain('wrong password');
	});

	it('stays so when it is cleaned again, of other secrets', () => {
		const error = told(['wrong password!'], ['password']);
		error.cleanTexts(scrubber(['refused', 'fake-other-secret']));
		expect(error.message).toBe('ServiceComb refused the password: ***');
	});

	it('stays so when the message was cut within it', () => {
		const said = `the answer ${'x'.repeat(5000)}`;
		const error = new VendorError(`Refused: ${said}`, { said: [said] });
		for (let time = 0; time < 2; time += 1) error.cleanTexts(scrubber(['refused']));
		expect(error.message).toBe(`Refused: ${said}`.slice(0, 1000) + '…');
		error.cleanTexts(scrubber(['Refused', 'answer']));
		expect(error.message).toBe('Refused: ***');
	});

	it('is all of it where nobody says what it is', () => {
		expect(told(undefined, ['password']).message).toBe('***');
		expect(told(['something else'], ['password']).message).toBe('***');
	});

	it('keeps our words where it said nothing', () => {
		expect(told([], ['password', '401']).message).toBe(
			'ServiceComb refused the password: wrong password!',
		);
		const input = new InputError('The credential has no password');
		input.cleanTexts(scrubber(['password']));
		expect(input.message).toBe('The credential has no password');
	});

	it('goes by itself where it is a long secret', () => {
		const error = new VendorError('Refused: not fake-secret-for-tests', {
			said: ['not fake-secret-for-tests'],
		});
		error.cleanTexts(scrubber(['fake-secret-for-tests', 'refused']));
		expect(error.message).toBe('Refused: not ***');
	});

	it('takes no status for a secret', () => {
		const error = new VendorError('The service responded with HTTP 401', {
			vendorCode: '401',
			said: [],
		});
		error.cleanTexts(scrubber(['401']));
		expect(error).toMatchObject({
			message: 'The service responded with HTTP 401',
			vendorCode: '401',
		});
	});
});
