import { calls, jsonOf, logins, anyLocalPort, request, sandbox } from './setup';

const perItem = { options: { credentialPerItem: true } };

/** One tenant an item: two environments of the vendor. */
const tenants = () => ['', '/test', '', '/test'].map((environment) => ({ json: { environment } }));

const byTenant = () => ({
	...anyLocalPort,
	baseUrl: `=${sandbox.url}/maxus/australia{{ $json.environment }}`,
});

it('expressions in the credential are resolved for each item', async () => {
	const answers = await jsonOf(perItem, { items: tenants(), credential: byTenant() });
	const paths = ['', '/test', '', '/test'].map((tenant) => `/maxus/australia${tenant}/echo`);
	expect(answers.map(({ path }) => path)).toEqual(paths);
	expect(new Set(logins().map(({ path }) => path)).size).toBe(2);
});

it('those of the first item hold for all otherwise', async () => {
	const answers = await jsonOf({}, { items: tenants(), credential: byTenant() });
	expect(new Set(answers.map(({ path }) => path))).toEqual(new Set(['/maxus/australia/echo']));
	expect(logins()).toHaveLength(4);
});

it('one wrong tenant does not spoil the others', async () => {
	const items = ['australia', 'nowhere', 'australia', '', 'nowhere'].map((code) => ({
		json: { code },
	}));
	const { items: answers } = await request(
		{ options: { credentialPerItem: true, concurrency: 1 } },
		{
			items,
			credential: { ...anyLocalPort, serviceCode: '={{ $json.code }}' },
			onError: 'continueRegularOutput',
		},
	);
	const wrong = {
		error: 'Maxus did not issue a token: serviceCode is wrong',
		details: { errorCode: '0' },
	};
	expect(answers.map(({ json }) => json)).toEqual([
		expect.objectContaining({ ok: true }),
		wrong,
		expect.objectContaining({ ok: true }),
		{ error: 'The credential has no Service Code', details: { errorCode: null } },
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
	const parameters = { ...perItem, tokenUse: 'reuse', url: '=/echo?name={{ $json.name }}' };
	await jsonOf(parameters, { provider: 'serviceCombApi', items, credential });
	expect(logins()).toHaveLength(2);
	for (const { token, query } of calls()) {
		const payload = Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString();
		expect(JSON.parse(payload)).toMatchObject({ account: new URLSearchParams(query).get('name') });
	}
});
