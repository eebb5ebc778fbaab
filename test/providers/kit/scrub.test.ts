import { scrubber } from '../../../providers/kit/scrub';
import { SAMPLE_TOKEN } from '../../support/maxusSample';

const scrub = (text: string, secrets: string[]) => scrubber(secrets)(text);

const SECRET = 'fake secret/+="\\é';

it.each([
	['plain', SECRET],
	['in a URL', encodeURIComponent(SECRET)],
	['in a form', new URLSearchParams({ '': SECRET }).toString().slice(1)],
	['in a web page', 'fake secret/+=&quot;\\é'],
	['in JSON', JSON.stringify(SECRET).slice(1, -1)],
	['in the JSON of PHP', 'fake secret\\/+=\\"\\\\\\u00e9'],
])('removes a secret %s', (_name, spelling) => {
	expect(scrub(`wrong secret ${spelling}, and ${spelling} again`, [SECRET])).toBe(
		'wrong secret ***, and *** again',
	);
});

it.each([
	['the JSON of .NET', 'fake\\u0026p\\u003Ca\\u003E\\u0027s/w\\u002B1'],
	['the JSON of Go', "fake\\u0026p\\u003ca\\u003e's/w+1"],
	['the JSON of Gson, within JSON', 'fake\\\\u0026p\\\\u003ca\\\\u003e\\\\u0027s/w+1'],
	['the HTML of PHP', 'fake&amp;p&lt;a&gt;&#039;s/w+1'],
	['the HTML of Go', 'fake&amp;p&lt;a&gt;&#39;s/w&#43;1'],
	['the HTML of templates', 'fake&amp;p&lt;a&gt;&#x27;s&#x2F;w+1'],
])('removes a secret in %s', (_name, spelling) => {
	expect(scrub(`wrong secret ${spelling}.`, ["fake&p<a>'s/w+1"])).toBe('wrong secret ***.');
});

it.each([
	['rawurlencode of PHP', "fake!'(*) 1", 'fake%21%27%28%2A%29%201'],
	['rawurlencode in lower case', "fake!'(*) 1", 'fake%21%27%28%2a%29%201'],
	['UTF-8, where half a character has no bytes', 'fake\ud83d-half', 'fake\ufffd-half'],
])('removes a secret in %s', (_name, secret, spelling) => {
	expect(scrub(`wrong: ${spelling}.`, [secret])).toBe('wrong: ***.');
});

// In base64 these bytes have a + and a /.
const BYTES = 'fake~~~???>>>~~~???';

it.each([
	['base64url', Buffer.from(`user:${BYTES}`).toString('base64url')],
	[
		'base64 in the JSON of PHP',
		Buffer.from(`user:${BYTES}`).toString('base64').replaceAll('/', '\\/'),
	],
	['base64 in a URL', encodeURIComponent(Buffer.from(`user:${BYTES}`).toString('base64'))],
])('removes a text with a secret in %s', (_name, encoded) => {
	expect(encoded).toMatch(/[-_]|\\\/|%2/);
	expect(scrub(`got ${encoded} here`, [BYTES])).toBe('got *** here');
});

it.each([
	['a PIN of three digits', 'PIN 471 of user 4711 is wrong', '471'],
	['a word', 'wrong password', 'password'],
	['a word in another script', '密码错误：密码', '密码错误'],
	['a word in a URL', 'got /login?p=%41lpha, not alpha', 'alpha'],
	['seven characters', 'user x has pa$$w0', 'pa$$w0'],
])(
	'leaves nothing of a sentence that holds %s: the rest would tell which',
	(_what, said, secret) => {
		expect(scrub(said, [secret])).toBe('***');
		expect(scrub(`: ${said}`, [secret])).toBe(': ***');
	},
);

it('leaves a sentence alone that does not hold it', () => {
	expect(scrub('wrong name', ['password'])).toBe('wrong name');
});

it("takes no word out of sentences that are not the service's, and all else", () => {
	const { ownWords } = scrubber(['password', '471', 'fake-secret-for-tests']);
	expect(ownWords?.(`HTTP 471: the password fake-secret-for-tests, ${SAMPLE_TOKEN}`)).toBe(
		'HTTP 471: the password ***, ***',
	);
});

/** As long as a key in PEM, or a token. */
const LONG = `fake ${'0123456789abcdef+/'.repeat(50)} secret`;

it('removes a long secret, and leaves what stands around it', () => {
	expect(scrub(`wrong: ${LONG}, ${LONG.slice(0, 500)} and ${LONG.slice(-500)}.`, [LONG])).toBe(
		'wrong: ***, *** and ***.',
	);
});

it.each([
	['in a URL', encodeURIComponent(LONG)],
	['in the JSON of PHP', LONG.replaceAll('/', '\\/')],
	['in the JSON of .NET', LONG.replaceAll('+', '\\u002B')],
	['cut short', LONG.slice(0, 250)],
])('removes all from the beginning of a long secret on, %s', (_how, said) => {
	expect(scrub(`wrong: ${said}. More`, [LONG])).toBe('wrong: ***');
});

it('removes a long secret that has a short one in it', () => {
	expect(scrub(`wrong: ${LONG}`, ['cdef+/01', LONG])).toBe('wrong: ***');
});

it('removes a long secret within a text in base64', () => {
	expect(scrub(Buffer.from(`user:${LONG}`).toString('base64'), [LONG])).toBe('***');
});

it('removes a key of several lines in the JSON of .NET', () => {
	expect(scrub('key fake\\r\\nke\\u002By\\n/end', ['fake\r\nke+y\n/end'])).toBe('key ***');
});

it('looks for escapes in a long text in no time', () => {
	for (const part of ['\\', '&#0', '\\u0026', 'a&amp;']) {
		const text = part.repeat(200_000);
		expect(scrub(text, ['\\\\\\\\fake&&&&&+++secret'])).toBe(text);
	}
});

it('removes a token, whoever it belongs to', () => {
	expect(scrub(`token ${SAMPLE_TOKEN} is not valid`, [])).toBe('token *** is not valid');
});

it('removes a token without a signature', () => {
	expect(scrub('eyJhbGciOiJub25lIn0.eyJzdWIiOiJmYWtlIn0.', [])).toBe('***');
});

it.each([
	['cut short in its payload', 'eyJhbGciOiJub25lIn0.eyJwcml2YXRlIjoiZm'],
	['cut short in its header', 'eyJhbGciOiJub25'],
	['with five parts, encrypted', 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn'],
])('removes a token %s', (_name, token) => {
	expect(scrub(`token "${token}"`, [])).toBe('token "***"');
});

it('gets through a long text that is full of beginnings', () => {
	expect(scrub('eyJ'.repeat(1_000_000), [])).toBe('***');
});

it('removes every secret, the longer one where one is part of another', () => {
	expect(scrub('fake-one fake-two', ['fake-one', 'fake-two'])).toBe('*** ***');
	expect(scrub('fake-secret-long', ['fake-secret', 'fake-secret-long'])).toBe('***');
});

it('leaves everything else alone', () => {
	expect(scrub('serviceSecret is wrong (eyJ is no token)', ['fake-secret'])).toBe(
		'serviceSecret is wrong (eyJ is no token)',
	);
});

it('does not tear a message apart for a secret of one or two letters', () => {
	expect(scrub('a bad answer', ['a', ''])).toBe('a bad answer');
});

describe('a secret within a text that was encoded as a whole', () => {
	const FORM = 'code=fake-code&secret=fake-secret-for-tests&more=1';

	it.each([
		['base64', Buffer.from(FORM).toString('base64')],
		['base64 after one more byte', Buffer.from(` ${FORM}`).toString('base64')],
		['base64 after two more bytes', Buffer.from(`  ${FORM}`).toString('base64')],
		['base64 for URLs', Buffer.from(FORM).toString('base64url')],
		['base64 in a URL', encodeURIComponent(Buffer.from(FORM).toString('base64'))],
		['hex', Buffer.from(FORM).toString('hex')],
		['hex in upper case', Buffer.from(FORM).toString('hex').toUpperCase()],
	])('goes with it (%s)', (_how, encoded) => {
		expect(scrub(`the body was ${encoded}.`, ['fake-secret-for-tests'])).toBe('the body was ***.');
	});

	it('goes from the header of basic authentication', () => {
		const header = `Basic ${Buffer.from('user:fake-secret-for-tests').toString('base64')}`;
		expect(scrub(`got "${header}"`, ['fake-secret-for-tests'])).toBe('got "Basic ***"');
	});
});

it.each([
	['its beginning', 'fake-secret-for…', '***…'],
	['its end', '…-tests-of-piece', '…***'],
	['both, over a line break', 'fake-secret-for\n-tests-of-piece', '***\n***'],
])('removes half of a secret: %s', (_what, said, clean) => {
	expect(scrub(said, ['fake-secret-for-tests-of-piece'])).toBe(clean);
});

it('leaves a word that a secret has in it', () => {
	expect(scrub('The password is wrong', ['my-password-of-tests'])).toBe('The password is wrong');
});
