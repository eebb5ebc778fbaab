import { startSandbox, type Sandbox } from '../../../sandbox';
import { playedServices } from '../../../sandbox/tokenApi/played';
import { SERVICES as WITH_CODE } from '../../../sandbox/tokenApi/services';
import { pressTest } from '../credentialTest';
import { useRuntime } from '../engine';
import { call } from './setup';

/** When the documents' dates are to come. */
const NOW = Date.parse('2026-01-01T00:00:00Z');

/** Since the tests began; a token that just came would be tried again. */
let elapsed = 0;

useRuntime({ now: () => NOW, elapsed: () => elapsed, pause: async () => {} });

let own: Sandbox;

beforeAll(async () => {
	own = await startSandbox({ now: () => NOW });
});

afterAll(async () => await own.close());

const PLAYED = Object.entries(playedServices()).filter(([name]) => !(name in WITH_CODE));

it('plays most of the services from their files alone', () => {
	expect(PLAYED.length).toBeGreaterThanOrEqual(70);
});

describe.each(PLAYED)('%s, by its file alone', (service, { callMethod, paths }) => {
	const credential = () => {
		const { baseUrl, secrets } = own.played[service]!;
		return {
			service,
			baseUrl: `${baseUrl}${paths.base}`,
			loginAddress: `${baseUrl}${paths.login}`,
			...secrets,
		};
	};
	const parameters = {
		method: callMethod,
		url: '/echo',
		...(callMethod === 'POST' && {
			sendBody: true,
			contentType: 'json',
			specifyBody: 'json',
			jsonBody: '{}',
		}),
	};
	const callWith = async (data: object) => await call(data as never, parameters);
	const kinds = () => own.requests.filter(({ kind }) => kind !== 'logout').map(({ kind }) => kind);

	beforeEach(() => own.reset());

	it('logs in once for two calls, and once more when the token has expired', async () => {
		expect((await callWith(credential())).error).toBeNull();
		expect((await callWith(credential())).error).toBeNull();
		own.expireTokens();
		elapsed += 20_000;
		expect((await callWith(credential())).error).toBeNull();
		expect(kinds()).toEqual(['token', 'business', 'business', 'business', 'token', 'business']);
	});

	it('tells a wrong secret, in a call and in Test, and passes with the right one', async () => {
		expect(await pressTest('tokenApi', credential() as never)).toMatchObject({ status: 'OK' });
		const { secrets } = own.played[service]!;
		const name = 'password' in secrets ? 'password' : (Object.keys(secrets).at(-1) ?? '');
		const wrong = { ...credential(), [name]: 'fake-wrong' };
		const { error } = await callWith(wrong);
		expect(error?.message).toContain('The service did not issue a token');
		expect(JSON.stringify(error)).not.toContain('fake-wrong');
		expect((await pressTest('tokenApi', wrong as never)).status).toBe('Error');
	});
});
