import { everythingIn, thrownBy } from '../../../../support/leaks';
import { surroundings, tokenApi } from '../form';

const credential = (curl: string, more: object = {}) =>
	tokenApi.readCredentials({ service: 'curl', curl, ...more });

const requestOf = (curl: string, more: object = {}) =>
	tokenApi.tokenRequest({ credentials: credential(curl, more), options: {}, env: surroundings });

const URL_OF = 'https://api.example.com/login';

describe('a command is read as a shell and cURL read it', () => {
	it.each<[string, string, object]>([
		['an address alone', `curl ${URL_OF}`, { method: 'GET', url: URL_OF, headers: {} }],
		[
			'a form',
			`curl ${URL_OF} -d 'user=me' -d pass=fa%26ke`,
			{
				method: 'POST',
				headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
				body: 'user=me&pass=fa%26ke',
			},
		],
		[
			'JSON over several lines, with an option written together',
			`curl -XPUT '${URL_OF}' \\\n  -H 'content-type: application/json' \\\n  --data-raw $'{"p":"it\\'s \\u0021"}' --compressed -k`,
			{ method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{"p":"it\'s !"}' },
		],
		[
			'--json and quotes in quotes',
			`curl --json "{\\"p\\":\\"a\\$b\\"}" --url ${URL_OF}`,
			{ method: 'POST', body: '{"p":"a$b"}' },
		],
		[
			'Basic Auth',
			`curl -u 'me:fake:pass' -X POST ${URL_OF}`,
			{ method: 'POST', headers: { Authorization: 'Basic bWU6ZmFrZTpwYXNz' }, body: undefined },
		],
		[
			'-G',
			`curl -G ${URL_OF} --data-urlencode 'p=a b&c' -d q=1`,
			{ method: 'GET', url: `${URL_OF}?p=a%20b%26c&q=1` },
		],
		[
			'what a browser copies',
			`curl '${URL_OF}' -H 'accept: */*' -H 'sec-ch-ua: "x"' -H 'accept-encoding: gzip' -b 'lang=en' -H 'X-Api: 1' --data-raw '{"a":1}' -H 'Content-Type: application/json'`,
			{
				headers: {
					accept: '*/*',
					Cookie: 'lang=en',
					'X-Api': '1',
					'Content-Type': 'application/json',
				},
				body: '{"a":1}',
			},
		],
		[
			'what a browser copies for Windows',
			`curl ^"${URL_OF}^" ^\r\n  -H ^"content-type: application/json^" ^\r\n  --data-raw ^"^{^\\^"p^\\^":^\\^"fake^\\^"^}^"`,
			{ method: 'POST', body: '{"p":"fake"}' },
		],
		['no scheme', 'curl api.example.com/login', { url: URL_OF }],
	])('%s', (_what, curl, request) => {
		expect(requestOf(curl)).toMatchObject(request);
	});
});

it('templates stand in it, and a value stays one', () => {
	const password = 'x","admin":"1&$&';
	const inJson = `curl ${URL_OF} --json '{"u":"{{username}}","p":"{{password}}"}'`;
	expect(JSON.parse(requestOf(inJson, { username: 'me', password }).body ?? '')).toEqual({
		u: 'me',
		p: password,
	});
	const inForm = `curl ${URL_OF} -d 'p={{password}}&tenant={{tenant}}'`;
	const more = { moreSecrets: true, value1Name: 'tenant', value1: 'fake-tenant' };
	expect([...new URLSearchParams(requestOf(inForm, { password, ...more }).body)]).toEqual([
		['p', password],
		['tenant', 'fake-tenant'],
	]);
});

it('a password that a template needs is asked for', async () => {
	const curl = `curl ${URL_OF} -d 'p={{password}}'`;
	expect(await thrownBy(() => credential(curl))).toMatchObject({
		message: 'The credential has no Password',
	});
});

it('calls go to its host, unless the Base URL says otherwise', () => {
	expect(credential(`curl ${URL_OF}`).baseUrl).toBe('https://api.example.com');
	expect(credential(`curl ${URL_OF}`, { baseUrl: 'https://x.example.com/v1/' }).baseUrl).toBe(
		'https://x.example.com/v1',
	);
});

it('what may be secret in it is in no message', async () => {
	const command = `curl ${URL_OF} -H 'X-Api-Key: fake-key' -u me:fake-basic --json '{"username":"me","pass":"fake-pass"}'`;
	const credentials = credential(command);
	const secrets = tokenApi.secretsOf({ credentials });
	expect(secrets).toEqual(expect.arrayContaining(['fake-key', 'fake-basic', 'fake-pass']));
	expect(secrets).not.toContain('me');
});

describe('one that cannot be used is refused in words', () => {
	it.each([
		['wget x', 'The cURL command does not begin with "curl"'],
		['curl -X POST', 'The cURL command names no address'],
		[`curl '${URL_OF}`, 'The cURL command has a quote that is not closed'],
		[`curl "${URL_OF}`, 'The cURL command has a quote that is not closed'],
		[`curl $'${URL_OF}`, 'The cURL command has a quote that is not closed'],
		[
			`curl ${URL_OF} -F pass=fake-secret`,
			'The cURL command sends a multipart form, which no login here can',
		],
		[`curl ${URL_OF} -d @fake-file`, 'The cURL command reads its body from a file'],
		[`curl -X PURGE ${URL_OF}`, 'The cURL command uses the method PURGE, which no login here can'],
		['curl http://', 'The cURL command has an address that is not a valid URL'],
		[
			'curl https://{{username}}.example.com/',
			'The Token URL of the credential has a template in its host',
		],
		[
			'curl https://me:fake-secret@api.example.com/',
			'The Token URL of the credential must not hold a user name or password',
		],
	])('%s', async (curl, message) => {
		const error = await thrownBy(() => credential(curl, { username: 'me' }));
		expect(error).toMatchObject({ name: 'InputError', message });
		expect(everythingIn(error)).not.toContain('fake-secret');
	});
});
