import { FormFields, MultipartFields } from '../../../providers/http/requestSpec';
import { carriesSecret } from '../../../providers/call/carriesSecret';

const SECRET = 'fake-secret-of-the-credential';
const bytes = (text: string) => new TextEncoder().encode(text);

it.each<[string, unknown]>([
	['a query', 'user=a&old_password=x'],
	['a query, encoded', 'old%5Fpassword=x'],
	['fields', { currentPassword: 'x' }],
	['fields, nested', { user: [{ PassWd: 7 }] }],
	['a header', { 'X-New-Pwd': 'x' }],
	['JSON', '{ "auth": { "passphrase": "x" } }'],
	['JSON in a form', 'data={"client_secret":"x"}'],
	['JSON in JSON', '{ "data": "{\\"userPass\\":\\"x\\"}" }'],
	['bytes of JSON', bytes('[{"TOTP":"123456"}]')],
	['a form', new FormFields([['user[password]', 'x']])],
	['a form with files', new MultipartFields([['pin', '1234']])],
	['XML', '<a:login><a:userPassword type="t">x</a:userPassword></a:login>'],
	['Chinese', { 旧密码: 'x' }],
	['a secret of the credential', { note: `a ${SECRET}` }],
	['one in a query', `note=${SECRET}`],
	['one in plain text', `to ${SECRET}`],
])('a secret is found in %s', (_, part) => {
	expect(carriesSecret([undefined, part], [SECRET])).toBe(true);
});

it.each<[string, unknown]>([
	['nothing', ''],
	['an empty one', { password: '' }],
	['a switch', { passwordExpired: true, 'has-password': 'false' }],
	[
		'words that hold one',
		{ shipping: 'x', compass: 'y', spin: 'z', secretary: 'Ann', passenger: 1 },
	],
	['the words alone', 'reset the password, please'],
	['names as values', 'fields=password'],
	['what is not JSON', '{"password":'],
	['bytes of a file', new Uint8Array([255, 0, 1])],
	['a short secret of the credential', { note: 'abc' }],
])('and none in %s', (_, part) => {
	expect(carriesSecret([part], [SECRET, 'abc'])).toBe(false);
});

it('takes an object of any depth', () => {
	let deep: unknown = { password: 'x' };
	for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
	expect(carriesSecret([deep], [])).toBe(true);
});
