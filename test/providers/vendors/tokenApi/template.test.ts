import { fillJson, fillText, namesIn } from '../../../../providers/vendors/tokenApi/template';
import { thrownBy } from '../../../support/leaks';

const values = {
	username: 'me',
	password: 'pa|ss"$&\'{{username}}',
	empty: '',
	missing: undefined,
	now: '1767225600',
	cookie: 'a%3Db%2B',
	key: 'id:5ec2e7',
	'my pin': '1234',
};

const fill = (template: string) => fillText(template, values);

describe('what stands between double braces', () => {
	it.each([
		['{{username}}-{{ username }}', 'me-me'],
		['{{my pin}}', '1234'],
		['{{password}}', 'pa|ss"$&\'{{username}}'],
		['{{empty}}', ''],
		["{{username + ':' + password}}", 'me:pa|ss"$&\'{{username}}'],
		['{{username + "|)" }}', 'me|)'],
		['{{username | upper}}', 'ME'],
		['{{key|before(":")}} {{key | after(":")}}', 'id 5ec2e7'],
		["{{key | after(':') | upper | lower}}", '5ec2e7'],
		['{{cookie | urlDecode}}', 'a=b+'],
		['{{cookie | urlDecode | urlEncode}}', 'a%3Db%2B'],
		// Reference: coreutils and OpenSSL.
		['{{username | md5}}', 'ab86a1e1ef70dff97959067b723c5c24'],
		['{{username | sha1}}', 'b1c1d8736f20db3fb6c1c66bb1455ed43909f0d8'],
		['{{username | sha256}}', '2744ccd10c7533bd736ad890f9dd5cab2adb27b07d500b9493f29cdc420cb2e0'],
		["{{username | sha256('base64')}}", 'J0TM0Qx1M71zatiQ+d1cqyrbJ7B9UAuUk/Kc3EIMsuA='],
		["{{username + ':' + empty | base64}}", 'bWU6'],
		["{{'bWU6' | base64Decode}}", 'me:'],
		["{{'???' | base64Url}}", 'Pz8_'],
		// RFC 4231, test case 2.
		[
			"{{'what do ya want for nothing?' | hmacSha256('Jefe')}}",
			'5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
		],
		['{{username | hmacSha256(key)}}', fill("{{username | hmacSha256('id:5ec2e7')}}")],
		['{{now}}', '1767225600'],
		['{{now | ms}}', '1767225600000'],
		['{{now | iso}}', '2026-01-01T00:00:00.000Z'],
		["{{now | date('yyyyMMddHHmmss')}}", '20260101000000'],
		["{{now | date('yyyy-MM-dd HH:mm', '+08:00')}}", '2026-01-01 08:00'],
		["{{now | date('HH:mm', '-03:30')}}", '20:30'],
	])('%s', (template, text) => {
		expect(fill(template)).toBe(text);
	});

	it('is the response to a challenge as the vendor of FRITZ!Box documents it', () => {
		const template = "{{challenge}}-{{challenge + '-' + password | utf16le | md5}}";
		const given = { challenge: '1234567z', password: 'äbc' };
		expect(fillText(template, given)).toBe('1234567z-9e224a41eeefa284df7bb0f26c2913e2');
	});

	it('is encoded after its filters', () => {
		expect(fillText('{{username}}={{password | upper}}', values, encodeURIComponent)).toBe(
			`me=${encodeURIComponent('PA|SS"$&\'{{USERNAME}}')}`,
		);
	});
});

it('what uses a value that is missing is left out of JSON', () => {
	const template = {
		a: '{{username}}',
		b: '{{missing}}',
		c: ['{{missing | md5}}', 'x'],
		d: { e: '-{{missing}}-' },
	};
	expect(fillJson(template, values)).toEqual({ a: 'me', c: ['x'], d: {} });
});

it('the names in a template are known', () => {
	expect(namesIn("{{a + 'b' | hmacSha256(c, 'base64')}} {{d}} {{e f}}")).toEqual([
		'a',
		'c',
		'd',
		'e f',
	]);
});

describe('what cannot be filled in is named', () => {
	it.each([
		['{{user}}', 'The credential uses {{user}}, which stands for nothing'],
		['{{username | md6}}', 'The credential uses the filter "md6", which there is not'],
		['{{username | toString}}', 'The credential uses the filter "toString", which there is not'],
		["{{username | md5('utf8')}}", 'A filter of the credential names the encoding "utf8"'],
		['{{username | iso}}', 'A filter of the credential needs a time, and gets something else'],
		['{{username |}}', 'The credential uses {{username |}}, which stands for nothing'],
		['{{constructor}}', 'The credential uses {{constructor}}, which stands for nothing'],
	])('%s', async (template, message) => {
		expect(await thrownBy(() => fill(template))).toMatchObject({ name: 'InputError', message });
	});
});
