import { runNode, type NodeRun } from './harness';
import { engine } from './engine';

import { YesApiJwt } from '../../nodes/YesApiJwt/YesApiJwt.node';
import { startSandbox, type Sandbox } from '../../sandbox';
import { everythingIn } from '../support/leaks';

let sandbox: Sandbox;
let unused = 0;

beforeAll(async () => {
	sandbox = await startSandbox();
});

beforeEach(() => sandbox.reset());

afterAll(async () => await sandbox.close());

type Run = Partial<NodeRun> & { credential?: Record<string, string | boolean> };

const run = async ({ credential, ...rest }: Run) =>
	await runNode({
		node: new YesApiJwt(engine),
		credentials: { yesApi: { ...sandbox.credentials.yesApi, ...credential } },
		...rest,
	});

/** An app that YesApi does not know, another one each time: refusals are remembered. */
const unknownAppKey = () => `UNKNOWNAPPKEYUNKNOWNAPPKEYUNKNOW${(unused += 1)}`;

/** A credential whose first login is still to come: it needs no secret, and so any will do. */
const firstLogin = () => ({
	...sandbox.credentials.yesApiUnsigned,
	appSecret: `unused-${(unused += 1)}`,
});

const session = () => ({ ...sandbox.credentials.yesApiSession });

const json = ({ items }: Awaited<ReturnType<typeof run>>) => items.map((item) => item.json);

async function freshToken(parameters = {}): Promise<string> {
	const [item] = json(await run({ parameters: { operation: 'apply', ...parameters } }));
	return item?.token as string;
}

const itemsOf = (...values: object[]) => values.map((value) => ({ json: { ...value } }));

describe('apply', () => {
	it.each([
		['query', false],
		['path', false],
		['path', true],
	])('gives a token item on path style %s, signService %s', async (pathStyle, signService) => {
		const before = Math.floor(Date.now() / 1000);
		const result = await run({
			parameters: { sub: '果创云 & 100%+', uid: '小白', expTime: 3600 },
			credential: { pathStyle, signService },
		});
		expect(result.error).toBeNull();
		const [item] = json(result);
		const claims = item?.claims as { iat: number; exp: number };
		expect(item).toEqual({
			token: sandbox.requests[0]?.token,
			headerName: 'Authorization',
			headerValue: `Bearer ${sandbox.requests[0]?.token}`,
			issuedAt: new Date(claims.iat * 1000).toISOString(),
			expiresAt: new Date(claims.iat * 1000 + 3_600_000).toISOString(),
			expiresIn: expect.any(Number),
			claims: {
				iss: 'http://www.yesapi.cn',
				aud: 'http://api.yesapi.cn',
				sub: '果创云 & 100%+',
				uid: '小白',
				iat: claims.iat,
				exp: claims.iat + 3600,
			},
			sub: '果创云 & 100%+',
			uid: '小白',
		});
		expect(claims.iat).toBeGreaterThanOrEqual(before);
		expect(item?.expiresIn).toBeGreaterThan(3500);
		expect(item?.expiresIn).toBeLessThanOrEqual(3600);
	});

	it('has its defaults, and keeps everything but the interface out of the URL', async () => {
		const [item] = json(await run({}));
		expect(item).toMatchObject({ sub: 'YesApi', uid: '' });
		const [request] = sandbox.requests;
		expect(request).toMatchObject({ method: 'POST', query: 's=App.Common_Jwt.ApplyToken' });
		const form = Object.fromEntries(new URLSearchParams(request?.body));
		expect(form).toMatchObject({ sub: 'YesApi', expTime: '86400' });
	});

	it('works without a signature', async () => {
		const result = await run({
			credential: { ...sandbox.credentials.yesApiUnsigned, appSecret: '' },
		});
		expect(json(result)[0]).toMatchObject({ sub: 'YesApi' });
		expect(sandbox.requests[0]?.body).not.toContain('sign=');
	});

	it('gives each item a token of its own, paired with it, in order', async () => {
		const result = await run({
			items: itemsOf(...Array.from({ length: 25 }, (_, id) => ({ id }))),
			parameters: { uid: '={{ $json.id }}' },
		});
		expect(json(result).map(({ uid }) => uid)).toEqual(
			Array.from({ length: 25 }, (_, id) => `${id}`),
		);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 25 }, (_, item) => ({ item })),
		);
		expect(sandbox.requests).toHaveLength(25);
	});

	it('sends the session of a member along', async () => {
		await run({ parameters: { options: session() } });
		const { uuid, sessionToken } = session();
		const form = Object.fromEntries(new URLSearchParams(sandbox.requests[0]?.body));
		expect(form).toMatchObject({ uuid, token: sessionToken });
	});

	it('makes no call for input that cannot be right', async () => {
		const { error, items } = await run({ parameters: { options: { uuid: session().uuid } } });
		expect(error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		expect(items).toEqual([]);
		expect(sandbox.requests).toEqual([]);
	});

	it('does not let the input of one item spoil the others', async () => {
		const result = await run({
			items: itemsOf({ seconds: 5 }, { seconds: 60 }, { seconds: 'x' }, { seconds: 70 }),
			parameters: { expTime: '={{ $json.seconds }}', uid: 'me' },
			credential: firstLogin(),
			onError: 'continueRegularOutput',
		});
		const refused = {
			error: 'Expires In must be at least 10 whole seconds',
			details: { advice: expect.any(String) as string, errorCode: null },
		};
		const [first, second, third, fourth] = json(result);
		expect([first, third]).toEqual([refused, refused]);
		expect([second, fourth]).toMatchObject([{ uid: 'me' }, { uid: 'me' }]);
	});

	it('does not let a session that has ended spoil the items with a good one', async () => {
		const { uuid, sessionToken } = session();
		const wrong = sessionToken.replace('5', '6');
		const result = await run({
			items: itemsOf({ token: wrong }, { token: sessionToken }, { token: sessionToken }),
			parameters: { operation: 'exchange', uuid, sessionToken: '={{ $json.token }}' },
			credential: firstLogin(),
			onError: 'continueErrorOutput',
		});
		expect(result.errorItems.map((item) => item.json)).toMatchObject([
			{
				error:
					'YesApi did not accept the session of this member (ret 401): token已过期，请重新登录',
				details: { advice: expect.any(String) as string, errorCode: '401', httpStatus: 200 },
			},
		]);
		expect(json(result)).toMatchObject([{ uid: uuid }, { uid: uuid }]);
	});

	it('accepts an answer that is signed, and none that is not', async () => {
		const parameters = { uid: '小白', options: { verifyResponse: true } };
		expect(json(await run({ parameters }))[0]).toMatchObject({ uid: '小白' });

		const answer = { ret: 200, data: { err_code: 0, jwt_token: 'forged' }, msg: '' };
		sandbox.faults.yesApi.tokenFailures = [{ status: 200, body: JSON.stringify(answer) }];
		const { error } = await run({ parameters });
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'YesApi did not sign its response',
		});
	});

	it('tries again while YesApi is busy', async () => {
		const busy = { ret: 408, data: {}, msg: '' };
		sandbox.faults.yesApi.tokenFailures = [{ status: 200, body: JSON.stringify(busy) }];
		expect(json(await run({}))).toHaveLength(1);
		expect(sandbox.requests).toHaveLength(2);
	});

	it('does not try again more often than the user wants', async () => {
		const busy = { ret: 408, data: {}, msg: '' };
		sandbox.faults.yesApi.tokenFailures = [
			{ status: 200, body: JSON.stringify(busy), times: Infinity },
		];
		const { error } = await run({ parameters: { options: { maxRetries: 0 } } });
		expect(error?.message).toBe('YesApi is too busy to serve this app key at the moment (ret 408)');
		expect(sandbox.requests).toHaveLength(1);
	});

	it('shows a refusal once, however many items there are', async () => {
		const result = await run({
			items: itemsOf(...Array.from({ length: 20 }, () => ({}))),
			credential: { appKey: unknownAppKey() },
			onError: 'continueRegularOutput',
		});
		expect(json(result)).toEqual(
			Array.from({ length: 20 }, () => ({
				error: 'YesApi does not know the app key (ret 406): app_key不存在',
				details: { advice: expect.any(String) as string, errorCode: '406', httpStatus: 200 },
			})),
		);
		expect(sandbox.requests).toHaveLength(1);
	});

	it('shows no secret and no token, though YesApi repeats them', async () => {
		const appKey = unknownAppKey();
		const { sessionToken } = session();
		const { appSecret } = sandbox.credentials.yesApi;
		const msg = `${appKey} ${sessionToken} ${appSecret}`;
		sandbox.faults.yesApi.tokenFailures = [
			{ status: 200, body: JSON.stringify({ ret: 409, data: {}, msg }) },
		];
		const { error } = await run({
			items: itemsOf(session()),
			credential: { appKey },
			parameters: {
				options: { uuid: '={{ $json.uuid }}', sessionToken: '={{ $json.sessionToken }}' },
			},
		});
		expect(error?.message).toBe('YesApi did not accept the signature (ret 409): *** *** ***');
		for (const secret of [appKey, sessionToken, appSecret]) {
			expect(everythingIn(error)).not.toContain(secret);
		}
	});
});

it.each([
	[{ uid: '={{ ({ id: 1 }) }}' }, 'The value of "uid" is not text'],
	[{ uid: '={{ [1] }}' }, 'The value of "uid" is not text'],
	[{ sub: '={{ NaN }}' }, 'The value of "sub" is not text'],
	[{ operation: 'verify', jwtToken: '={{ ({}) }}' }, 'The value of "jwtToken" is not text'],
	[{ options: { verifyResponse: '={{ "maybe" }}' } }, '"Verify Response" must be true or false'],
])('%j makes no token for nobody: it is refused before any call', async (parameters, message) => {
	const { error } = await run({ parameters });
	expect(error).toMatchObject({ name: 'NodeOperationError', message });
	expect(sandbox.requests).toEqual([]);
});

it('verifies answers where an expression gives the text of true', async () => {
	const answer = { ret: 200, data: { err_code: 0, jwt_token: 'forged' }, msg: '' };
	sandbox.faults.yesApi.tokenFailures = [{ status: 200, body: JSON.stringify(answer) }];
	const options = { verifyResponse: '={{ "true" }}' };
	const { error } = await run({ parameters: { options } });
	expect(error?.message).toBe('YesApi did not sign its response');
});

describe('exchange', () => {
	it('turns a session into a token item', async () => {
		const result = await run({ parameters: { operation: 'exchange', ...session() } });
		expect(json(result)[0]).toMatchObject({
			token: sandbox.requests[0]?.token,
			headerValue: `Bearer ${sandbox.requests[0]?.token}`,
			sub: 'YesApiET',
			uid: session().uuid,
		});
	});

	it('needs both values, in full', async () => {
		const { uuid, sessionToken } = session();
		for (const wrong of [{ uuid: '' }, { sessionToken: '' }, { uuid: uuid.slice(1) }]) {
			const { error } = await run({
				items: itemsOf({ uuid, sessionToken, ...wrong }),
				parameters: {
					operation: 'exchange',
					uuid: '={{ $json.uuid }}',
					sessionToken: '={{ $json.sessionToken }}',
				},
			});
			expect(error?.name).toBe('NodeOperationError');
		}
		expect(sandbox.requests).toEqual([]);
	});

	it('is not confused by the session of an apply that is still in the options', async () => {
		const parameters = {
			operation: 'exchange',
			...session(),
			options: { uuid: 'stale', sessionToken: 'stale', verifyResponse: true },
		};
		expect(json(await run({ parameters }))[0]).toMatchObject({ uid: session().uuid });
	});
});

describe('verify', () => {
	it.each(['query', 'path'])('tells whom a valid token is for (%s)', async (pathStyle) => {
		const jwtToken = await freshToken({ sub: '果创云', uid: '小白', expTime: 3600 });
		const result = await run({
			parameters: {
				operation: 'verify',
				jwtToken,
				options: { verifyResponse: true, ...session() },
			},
			credential: { pathStyle },
		});
		expect(result.error).toBeNull();
		expect(json(result)).toEqual([
			{
				valid: true,
				sub: '果创云',
				uid: '小白',
				expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\.000Z$/),
				expiresIn: expect.any(Number),
			},
		]);
		expect(json(result)[0]?.expiresIn).toBeGreaterThan(3500);
		expect(sandbox.requests.at(-1)?.query).not.toContain('eyJ');
	});

	it.each([false, true])(
		'answers that a token is not valid (misspelled: %s)',
		async (misspelled) => {
			sandbox.faults.yesApiMisspelledErrCode = misspelled;
			const parameters = { operation: 'verify', jwtToken: 'not.a.token' };
			const result = await run({ parameters });
			expect(result.error).toBeNull();
			expect(json(result)).toEqual([
				{
					valid: false,
					sub: null,
					uid: null,
					expiresAt: null,
					expiresIn: 0,
					message: 'jwt_token校验失败',
				},
			]);
		},
	);

	it('keeps its items apart and in order', async () => {
		const good = await freshToken({ uid: 'good' });
		const result = await run({
			items: itemsOf({ token: good }, { token: 'bad' }, {}, { token: good }),
			parameters: { operation: 'verify', jwtToken: '={{ $json.token }}' },
			onError: 'continueRegularOutput',
		});
		expect(json(result)).toMatchObject([
			{ valid: true, uid: 'good' },
			{ valid: false },
			{
				error: 'There is no JWT to verify',
				details: { advice: expect.any(String) as string, errorCode: null },
			},
			{ valid: true, uid: 'good' },
		]);
	});

	it('does not take a refusal of the call for an answer', async () => {
		const { error } = await run({
			items: itemsOf({ token: 'my-opaque-token' }),
			parameters: { operation: 'verify', jwtToken: '={{ $json.token }}' },
			credential: { appSecret: 'my-wrong-secret' },
		});
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'YesApi did not accept the signature (ret 409): 签名错误',
		});
		expect(everythingIn(error)).not.toMatch(/my-opaque-token|my-wrong-secret/);
	});

	it('tries again while YesApi is busy', async () => {
		const busy = { ret: 408, data: {}, msg: '' };
		sandbox.faults.yesApi.tokenFailures = [{ status: 200, body: JSON.stringify(busy) }];
		const parameters = { operation: 'verify', jwtToken: 'not.a.token' };
		expect(json(await run({ parameters }))).toMatchObject([{ valid: false }]);
		expect(sandbox.requests).toHaveLength(2);
	});
});

it('says what to use in the place of the operation that n8n adds', async () => {
	const { error } = await run({ parameters: { operation: '__CUSTOM_API_CALL__' } });
	expect(error).toMatchObject({
		message: 'This node makes and verifies tokens only',
		description: expect.stringContaining(
			'use Authenticated Request with the provider YesApi',
		) as unknown,
	});
	expect(sandbox.requests).toEqual([]);
});
