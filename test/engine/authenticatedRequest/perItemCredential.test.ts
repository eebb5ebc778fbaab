import { InMemoryCredentialsHelper } from '../credentialsHelper';
import { calls, jsonOf, logins, anyLocalPort, request, sandbox, type RequestRun } from './setup';

/** One tenant an item: two environments of the vendor. */
const tenants = () => ['', '/test', '', '/test'].map((environment) => ({ json: { environment } }));

const byTenant = () => ({
	...anyLocalPort,
	baseUrl: `=${sandbox.url}/maxus/australia{{ $json.environment }}`,
});

const OF_EACH = ['', '/test', '', '/test'].map((tenant) => `/maxus/australia${tenant}/echo`);

let readings: jest.SpyInstance;

beforeEach(() => {
	readings = jest.spyOn(InMemoryCredentialsHelper.prototype, 'getDecrypted');
});

afterEach(() => readings.mockRestore());

describe('an expression in the credential is resolved for each item', () => {
	it.each([{}, { options: { credentialPerItem: true } }, { options: { concurrency: 1 } }])(
		'with %j',
		async (parameters) => {
			const answers = await jsonOf(parameters, { items: tenants(), credential: byTenant() });
			expect(answers.map(({ path }) => path)).toEqual(OF_EACH);
			expect(new Set(logins().map(({ path }) => path)).size).toBe(2);
		},
	);

	it.each([
		['{{ $input.item.json.environment }}'],
		['{{ $("Start").item.json.environment }}'],
		['{{ $itemIndex % 2 ? "/test" : "" }}'],
		['{{ [1, 3].includes($itemIndex) ? "/test" : "" }}'],
		['{{ $json.environment === "/test" ? "/test" : "" }}'],
		['{{ $input.all()[$itemIndex].json.environment }}'],
		['{{ $json["environ" + "ment"] }}'],
	])('%s', async (environment) => {
		const credential = {
			...anyLocalPort,
			baseUrl: `=${sandbox.url}/maxus/australia${environment}`,
		};
		const answers = await jsonOf({}, { items: tenants(), credential });
		expect(answers.map(({ path }) => path)).toEqual(OF_EACH);
	});

	it('when only the last item is another one', async () => {
		const items = Array.from({ length: 30 }, (_, index) => ({
			json: { environment: index === 29 ? '/test' : '' },
		}));
		const answers = await jsonOf({}, { items, credential: byTenant() });
		expect(answers.at(-1)?.path).toBe('/maxus/australia/test/echo');
		expect(answers.at(-2)?.path).toBe('/maxus/australia/echo');
	});

	it('in a field that is no text', async () => {
		const run: RequestRun = {
			provider: 'serviceCombApi',
			items: [{ json: { isTest: true } }, { json: { isTest: false } }],
			onError: 'continueRegularOutput',
			credential: {
				...anyLocalPort,
				baseUrl: `${sandbox.tlsUrl}/servicecomb`,
				allowUnauthorizedCerts: '={{ $json.isTest }}',
			},
		};
		const [trusting, strict] = await jsonOf({ options: { maxRetries: 0 } }, run);
		expect(trusting).toMatchObject({ ok: true });
		expect(strict?.error).toMatch(/certificate/);
	});

	it('when it fails for the first item', async () => {
		const credential = { ...byTenant(), serviceCode: '={{ $json.code.trim() }}' };
		const { items } = await request(
			{},
			{
				items: [{ json: {} }, { json: { code: 'australia', environment: '' } }],
				credential,
				onError: 'continueRegularOutput',
			},
		);
		expect(items[0]?.json).toHaveProperty('error');
		expect(items[1]?.json).toMatchObject({ ok: true });
	});
});

describe('how often the credential is read', () => {
	const many = () => Array.from({ length: 40 }, (_, id) => ({ json: { id } }));

	it('once when it holds no expression', async () => {
		await jsonOf({}, { items: many() });
		expect(readings).toHaveBeenCalledTimes(1);
	});

	it('for each item when it holds one, and when the user wants that', async () => {
		const credential = { ...anyLocalPort, serviceCode: '={{ "australia" }}' };
		await jsonOf({}, { items: many(), credential });
		expect(readings).toHaveBeenCalledTimes(41);
		readings.mockClear();
		await jsonOf({ options: { credentialPerItem: true } }, { items: many() });
		expect(readings).toHaveBeenCalledTimes(40);
	});

	it('once when that does not succeed: the items have it in common', async () => {
		readings.mockRejectedValue(new Error('The credential was deleted'));
		const run = { items: many(), onError: 'continueRegularOutput' as const };
		const answers = await jsonOf({}, run);
		expect(new Set(answers.map(({ error }) => error))).toEqual(
			new Set(['The credential was deleted']),
		);
		expect(readings).toHaveBeenCalledTimes(1);
	});
});

it('one wrong tenant does not spoil the others', async () => {
	const items = ['australia', 'nowhere', 'australia', '', 'nowhere'].map((code) => ({
		json: { code },
	}));
	const { items: answers } = await request(
		{ options: { concurrency: 1 } },
		{
			items,
			credential: { ...anyLocalPort, serviceCode: '={{ $json.code }}' },
			onError: 'continueRegularOutput',
		},
	);
	const wrong = {
		error: 'Maxus did not issue a token: serviceCode is wrong',
		details: { advice: expect.any(String) as string, errorCode: '0', httpStatus: 200 },
	};
	expect(answers.map(({ json }) => json)).toEqual([
		expect.objectContaining({ ok: true }),
		wrong,
		expect.objectContaining({ ok: true }),
		{
			error: 'The credential has no Service Code',
			details: { advice: expect.any(String) as string, errorCode: null },
		},
		wrong,
	]);
	expect(logins()).toHaveLength(3);
});

it('a token never goes from one tenant to another', async () => {
	const accounts = sandbox.credentials;
	const items = [accounts.serviceCombApi, accounts.serviceCombApiReader]
		.flatMap((account) => [account, account, account])
		.map(({ name, password }) => ({ json: { name, password } }));
	const credential = {
		...anyLocalPort,
		name: '={{ $json.name }}',
		password: '={{ $json.password }}',
	};
	const parameters = { tokenUse: 'reuse', url: '=/echo?name={{ $json.name }}' };
	await jsonOf(parameters, { provider: 'serviceCombApi', items, credential });
	expect(logins()).toHaveLength(2);
	for (const { token, query } of calls()) {
		const payload = Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString();
		expect(JSON.parse(payload)).toMatchObject({ account: new URLSearchParams(query).get('name') });
	}
});
