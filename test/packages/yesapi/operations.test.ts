import { YesApi } from '../../../packages/yesapi/nodes/YesApi/YesApi.node';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { engine } from '../../engine/engine';
import { outputOf, runOperation, type VendorRun } from '../run';

let sandbox: Sandbox;
let run: VendorRun;

beforeEach(async () => {
	sandbox = await startSandbox();
	run = { node: new YesApi(engine), credential: sandbox.credentials.yesApi };
});
afterEach(async () => await sandbox.close());

const forms = () =>
	sandbox.requests
		.filter(({ kind }) => kind === 'business')
		.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));

const signed = {
	app_key: expect.any(String) as unknown,
	sign: expect.stringMatching(/^[\dA-F]{32}$/) as unknown,
};

const table = 'okayapi_article';

describe('Record', () => {
	test('is created, read, updated and deleted, by calls that are signed', async () => {
		expect(
			await outputOf(run, 'record', 'create', { table, data: '{ "title": "小白", "n": 1 }' }),
		).toMatchObject([{ id: '4' }]);
		expect(await outputOf(run, 'record', 'get', { table, recordId: '2' })).toEqual([
			{ id: '2', title: 'Record 2' },
		]);
		await outputOf(run, 'record', 'update', { table, recordId: '2', data: { title: 'New' } });
		expect(await outputOf(run, 'record', 'delete', { table, recordId: '2' })).toEqual([
			{ deleted: true },
		]);
		expect(forms()).toEqual([
			{ ...signed, model_name: table, data: '{"title":"小白","n":1}' },
			{ ...signed, model_name: table, id: '2' },
			{ ...signed, model_name: table, id: '2', data: '{"title":"New"}' },
			{ ...signed, model_name: table, id: '2' },
		]);
		expect(sandbox.requests.every(({ kind, token }) => kind === 'business' && token === null)).toBe(
			true,
		);
	});

	test('a list is filtered and sorted by the service', async () => {
		const filters = {
			where: '[["id", ">", 1]]',
			order: '["id DESC"]',
			select: 'id,title',
			logic: 'or',
		};
		expect(await outputOf(run, 'record', 'getAll', { table, limit: 2, filters })).toEqual([
			{ id: '1', title: 'Record 1' },
			{ id: '2', title: 'Record 2' },
		]);
		expect(forms()).toEqual([
			{
				...signed,
				model_name: table,
				select: 'id,title',
				logic: 'or',
				where: '[["id",">",1]]',
				order: '["id DESC"]',
				page: '1',
				perpage: '2',
			},
		]);
	});

	test('a list without conditions asks for all, as the service would give one record', async () => {
		expect(await outputOf(run, 'record', 'getAll', { table, returnAll: true })).toHaveLength(3);
		expect(forms()[0]).toMatchObject({ where: '[["id",">=",1]]', perpage: '10000' });
	});

	test('one that is not there is a refusal with what the service says', async () => {
		const { error } = await runOperation(run, 'record', 'get', { table, recordId: '0' });
		expect(error?.message).toContain('数据不存在');
	});
});

describe('Member', () => {
	const login = { username: 'sandbox', password: 'fake-member-password' };

	test('logs in, and has a profile until the log-out', async () => {
		const [session] = await outputOf(run, 'member', 'login', login);
		expect(session).toMatchObject(sandboxSession());
		const { uuid, sessionToken } = sandbox.credentials.yesApiSession;
		const member = { uuid, sessionToken };
		expect(await outputOf(run, 'member', 'getProfile', member)).toEqual([
			{ username: 'sandbox', role: 'user' },
		]);
		expect(await outputOf(run, 'member', 'logout', member)).toEqual([{ success: true }]);
		const { password } = login;
		expect(JSON.stringify(forms())).not.toContain(password);
	});

	const sandboxSession = () => ({
		uuid: sandbox.credentials.yesApiSession.uuid,
		token: sandbox.credentials.yesApiSession.sessionToken,
	});

	test('is registered', async () => {
		const member = { ...login, extInfo: '{ "city": "Fake City" }' };
		expect(await outputOf(run, 'member', 'register', member)).toMatchObject([
			{ uuid: sandbox.credentials.yesApiSession.uuid },
		]);
		expect(forms()[0]).toMatchObject({ ext_info: '{"city":"Fake City"}' });
	});

	test('the password and its hash are in no message', async () => {
		const hash = '0f2aa3ffbb18d1ba4c1e8ee4cee5f4d8';
		sandbox.faults.yesApi.businessFailures = [
			{ status: 500, body: JSON.stringify({ message: `password ${login.password} is wrong` }) },
		];
		const result = await runOperation(run, 'member', 'login', login);
		expect(result.error).not.toBeNull();
		const said = `${result.error?.message} ${result.error?.description}`;
		expect(said).toContain('password *** is wrong');
		expect(said).not.toContain(login.password);
		expect(said).not.toContain(hash);
	});

	test.each([
		['too short', 'ABC', 'The UUID must have 32 characters, and has 3'],
		['empty', '={{ "" }}', '"UUID" is empty'],
	])('a UUID that is %s is not sent', async (_what, uuid, message) => {
		const { sessionToken } = sandbox.credentials.yesApiSession;
		const { error } = await runOperation(run, 'member', 'getProfile', { uuid, sessionToken });
		expect(error?.message).toBe(message);
		expect(sandbox.requests).toEqual([]);
	});
});

describe('Token', () => {
	test('is made, verified, and made of a session', async () => {
		const [made] = await outputOf(run, 'token', 'get', { sub: 'Demo', uid: '123', expTime: 600 });
		expect(made).toMatchObject({ sub: 'Demo', uid: '123', headerName: 'Authorization' });
		expect(
			await outputOf(run, 'token', 'verify', { jwtToken: String(made?.['token']) }),
		).toMatchObject([{ valid: true, sub: 'Demo', uid: '123' }]);
		const { uuid, sessionToken } = sandbox.credentials.yesApiSession;
		expect(await outputOf(run, 'token', 'exchange', { uuid, sessionToken })).toMatchObject([
			{ sub: 'YesApiET', uid: uuid },
		]);
	});
});

test('with the interface in the path, too', async () => {
	const { yesApiPath = run.credential } = sandbox.credentials as never as Record<string, never>;
	const credential = { ...(yesApiPath as object), pathStyle: 'path' };
	await outputOf({ ...run, credential }, 'record', 'get', { table, recordId: '1' });
	expect(sandbox.requests.at(-1)?.path).toBe('/yesapi/api/App/Table/Get');
});
