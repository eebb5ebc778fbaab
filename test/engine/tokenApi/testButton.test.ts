import { pressTest } from '../credentialTest';
import { CUSTOM_FORMS, customCredential } from './customForms';
import { logins, sandbox } from './setup';

const strapi = () => {
	const [form] = CUSTOM_FORMS.filter(({ played }) => played === 'strapi').map(customCredential);
	return form ?? {};
};

const press = async (change: object) =>
	await pressTest('tokenApi', { ...strapi(), ...change } as never);

const OK = { status: 'OK', message: 'Connection successful!' };

it('tells by the login alone where there is no Test Path', async () => {
	expect(await press({})).toEqual(OK);
	expect(logins()).toHaveLength(1);
});

it.each([401, 403, 404, 405])('says that the call after the login met %i', async (status) => {
	const result = await press({ testPath: `/status/${status}` });
	expect(result).toEqual({
		status: 'Error',
		message: `The login succeeded, but the service responded to the Test Path with ${status}. Check the path, how the token is sent, and what the account may do.`,
	});
});

describe('says what to do, too, when the token cannot be sent', () => {
	it('to another host', async () => {
		const { message } = await press({ testPath: `${sandbox.strangerUrl}/x` });
		expect(message).toContain('Token API tokens must not go to');
		expect(message).toContain('If you trust');
	});

	it('since a name in it stands for nothing', async () => {
		const values = [{ place: 'header', name: 'Authorization', value: 'Bearer {{acces_token}}' }];
		const { message } = await press({ changeSending: true, placements: { values } });
		expect(message).toContain('The credential uses {{acces_token}}, which stands for nothing. Use');
		expect(message).toContain('{{token}}');
	});

	it('since no header can carry it', async () => {
		const values = [{ place: 'header', name: 'X Token', value: '{{token}}' }];
		const { message } = await press({ changeSending: true, placements: { values } });
		expect(message).toBe(
			'The credential names a header that cannot exist. The name of a header has no blanks, colons, semicolons and line breaks, e.g. X-Auth-Token.',
		);
	});
});

describe('where the form has no Base URL', () => {
	it('a login that was pasted as cURL is tested', async () => {
		const { baseUrl, secrets } = sandbox.tokenApi.strapi;
		const body = JSON.stringify({ identifier: '{{username}}', password: '{{password}}' });
		const curl = `curl ${baseUrl}/api/auth/local -H 'Content-Type: application/json' -d '${body}'`;
		const credential = { service: 'curl', curl, ...secrets };
		expect(await pressTest('tokenApi', credential)).toEqual(OK);
		const wrong = { ...credential, password: 'fake-wrong' };
		expect((await pressTest('tokenApi', wrong)).message).toContain(
			'The service did not issue a token (HTTP 400)',
		);
		expect(logins()).toHaveLength(2);
	});

	it('a description with an address of its own is tested', async () => {
		const { baseUrl, secrets } = sandbox.tokenApi.strapi;
		const description = JSON.stringify({
			version: 1,
			name: 'Strapi of ours',
			address: { default: baseUrl },
			values: { username: { label: 'Email' }, password: { label: 'Password', secret: true } },
			login: {
				url: '/api/auth/local',
				json: { identifier: '{{username}}', password: '{{password}}' },
			},
			token: { json: 'jwt' },
		});
		const credential = { service: 'description', description, ...secrets };
		expect(await pressTest('tokenApi', credential)).toEqual(OK);
		expect(logins()).toHaveLength(1);
	});
});
