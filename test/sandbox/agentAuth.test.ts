import { createCipheriv, createHash } from 'node:crypto';
import { agentSignature, decryptCipherText } from '../../sandbox/agentAuth/cipher';
import vectors from './vectors.json';
import { call, START, useSandbox } from './setup';

const NONCE = '4ff08bc2a45c6b38068dbcd24296a25b';
const KEY = 'fa4e'.repeat(16);

// Frozen requests, made with Python's hashlib and cryptography.
const FROZEN = {
	delimited: {
		agentId: 'sandboxAgent01',
		cipherText:
			'AAECAwQFBgcICQoLfosqv496z4dKoFha4+DhQA==xD8qSAJTRCLrX8zwAIhnZMzIGdkFxpgKnIsMnbWYBKrbX7BQPoTOtBpmMGVdro92/JGh3HU5EWb8+cmmDELxgit1VQ==',
		signature: '119f8e1f3d9ac0174eef97c7926493753689b9855a7f5685347712a45bfb4e2d',
		otherSignature: 'cfe44ecba569a88fdfa513f37081aae9e976d8e26d939df5a54be88d0415a8ab',
	},
	concatenated: {
		agentId: 'sandboxAgent02',
		cipherText:
			'AAECAwQFBgcICQoLbM+6CP9ibCpVXBTRhmDMPg==Udvo6MJAlVdz+54hWEUJdIazgcm7TprNqvwB4O5W6/tTYkbu910DmlXWauS5bimYpwnWFwNMImiWt7ONsSlMqWKoXxhA',
		signature: '5da0273e8ff971c6cda1a14fe48a8038e54a3ae71c12ab5ccf746ce3d0f86aac',
		otherSignature: '683c28e2fbdbbe06e05a49ede1926d02a91bc119ae575143a581c7ea5731705e',
	},
};

function encrypt(plaintext: string, key = KEY, ivLength = 12): string {
	const iv = Buffer.alloc(ivLength, 7);
	const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'hex'), iv);
	const data = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
	return [iv, cipher.getAuthTag(), data].map((part) => part.toString('base64')).join('');
}

describe('Agent Auth', () => {
	const running = useSandbox();
	let count = 0;

	function post(path: string, headers: Record<string, string>, body: unknown, method = 'POST') {
		return call(`${running.sandbox.url}/agentauth${path}`, {
			method,
			headers: { 'Content-Type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});
	}

	function frozen(
		{ agentId, cipherText, signature } = FROZEN.delimited,
		change: Record<string, string> = {},
	) {
		const headers = {
			'x-agentid': agentId,
			'x-timestamp': String(START),
			'x-nonce': NONCE,
			'x-signature': signature,
			...change,
		};
		return post('/v2/auth', headers, { cipherText });
	}

	/** A request that is signed rightly over whatever it holds. */
	function signed(
		path: string,
		cipherText: string,
		{ agentId = 'sandboxAgent01', authorization = '', method = 'POST' } = {},
	) {
		const timestamp = String(running.clock.now);
		const nonce = String(++count).padStart(32, '0');
		const signature = createHash('sha256')
			.update(`${agentId}|${timestamp}|${nonce}|${cipherText}`)
			.digest('hex');
		const headers = {
			'x-agentid': agentId,
			'x-timestamp': timestamp,
			'x-nonce': nonce,
			'x-signature': signature,
			...(authorization === '' ? {} : { authorization }),
		};
		return post(path, headers, { cipherText }, method);
	}

	const login = (change: object = {}) =>
		JSON.stringify({
			agentId: 'sandboxAgent01',
			secret: 'fake-agent-secret-for-tests',
			...change,
		});

	it.each(['delimited', 'concatenated'] as const)('gives a %s agent a token', async (format) => {
		const { status, json } = await frozen(FROZEN[format]);
		expect(status).toBe(200);
		expect(json).toEqual({
			code: 0,
			message: 'No error.',
			data: { accessToken: expect.any(String), expiresIn: 3600, tokenType: 'Bearer' },
			logUUID: expect.stringMatching(/^[0-9a-f-]{36}$/),
		});
		const payload = Buffer.from(json.data.accessToken.split('.')[1], 'base64url').toString();
		const { agentId } = FROZEN[format];
		expect(JSON.parse(payload)).toEqual({ agentId, iat: 1769745532, exp: 1769749132 });
		expect(running.sandbox.requests[0]).toMatchObject({
			decrypted: { agentId },
			token: json.data.accessToken,
		});
	});

	it.each(['delimited', 'concatenated'] as const)(
		'refuses the other format from a %s agent',
		async (format) => {
			const signature = FROZEN[format].otherSignature;
			const { status, json } = await frozen({ ...FROZEN[format], signature });
			expect(status).toBe(200);
			expect(json).toEqual({
				code: 83,
				message: 'Signature verification failed',
				logUUID: expect.any(String),
			});
		},
	);

	it('refuses a nonce that was used', async () => {
		await frozen();
		expect((await frozen()).json.code).toBe(83);
	});

	it.each([
		[299_999, 0],
		[300_001, 83],
		[-300_001, 83],
	])('judges a timestamp %d ms off with code %d', async (off, code) => {
		running.clock.now = START + off;
		expect((await frozen()).json.code).toBe(code);
	});

	it.each([
		['form body', { 'Content-Type': 'application/x-www-form-urlencoded' }, 11],
		['no agent', { 'x-agentid': '' }, 11],
		['unknown agent', { 'x-agentid': 'integratorNBTest01' }, 10],
		['short nonce', { 'x-nonce': '4ff08bc2' }, 11],
		['upper-case signature', { 'x-signature': FROZEN.delimited.signature.toUpperCase() }, 83],
		['timestamp that was not signed', { 'x-timestamp': String(START + 1) }, 83],
		['nonce that was not signed', { 'x-nonce': '0'.repeat(32) }, 83],
	])('refuses a login with %s', async (_name, change, code) => {
		expect((await frozen(FROZEN.delimited, change as Record<string, string>)).json.code).toBe(code);
	});

	it.each([
		['another key', encrypt(login(), '00'.repeat(32)), 84],
		['an IV of 16 bytes', encrypt(login(), KEY, 16), 84],
		['one base64 string for all', Buffer.from(encrypt(login()), 'base64').toString('base64'), 84],
		['text that is not base64', 'Not base64 at all, but long enough to hold everything!', 84],
		['a changed tag', encrypt(login()).replace(/^(.{16})./, '$1#'), 84],
		['no JSON inside', encrypt('secret'), 11],
		['no secret inside', encrypt('{"agentId":"sandboxAgent01"}'), 11],
		['a wrong secret', encrypt(login({ secret: 'wrong' })), 10],
		['another agent inside', encrypt(login({ agentId: 'sandboxAgent02' })), 10],
	])('refuses %s', async (_name, cipherText, code) => {
		expect((await signed('/v2/auth', cipherText)).json.code).toBe(code);
	});

	it('wants the token and all the rest again on a business call', async () => {
		const { accessToken } = (await frozen()).json.data;
		const authorization = `Bearer ${accessToken}`;
		const answer = await signed('/v2/members/profile', encrypt('{"username":"玩家一"}'), {
			authorization,
		});
		expect(answer.status).toBe(200);
		expect(answer.json).toEqual({
			ok: true,
			method: 'POST',
			path: '/agentauth/v2/members/profile',
			query: {},
			body: { username: '玩家一' },
		});
		expect((await signed('/v2/games', encrypt('{}'))).status).toBe(401);
		const bare = { authorization: accessToken as string };
		expect((await signed('/v2/games', encrypt('{}'), bare)).status).toBe(401);
		expect((await post('/v2/games', { authorization }, {})).json.code).toBe(12);
		const headers = { authorization, 'x-agentid': 'sandboxAgent01' };
		expect((await post('/v2/games', headers, {})).json.code).toBe(11);
		const put = { authorization, method: 'PUT' };
		expect((await signed('/v2/games', encrypt('{}'), put)).status).toBe(405);
		expect((await signed('/v2/games', '{}', { authorization })).json.code).toBe(84);
		const games = await signed('/v2/games', encrypt('{}'), { authorization });
		expect(games).toMatchObject({
			status: 200,
			json: { code: 0, data: [{ name: { en: 'Fake Dice' } }, {}, {}] },
		});
	});

	it('answers 401 once a token has expired', async () => {
		const authorization = `Bearer ${(await frozen()).json.data.accessToken}`;
		running.clock.now = 1769749131_999;
		expect((await signed('/v2/games', encrypt('{}'), { authorization })).status).toBe(200);
		running.clock.now = 1769749132_000;
		const late = await signed('/v2/games', encrypt('{}'), { authorization });
		expect(late.status).toBe(401);
		expect(late.json).toMatchObject({ code: 12, logUUID: expect.any(String) });
	});

	it('knows an agent whose header says another id than its body', async () => {
		const { agentId, bodyAgentId, secret, apiKey } = running.sandbox.credentials.agentAuthApiTwoIds;
		const body = (id: string) => encrypt(JSON.stringify({ agentId: id, secret }), apiKey);
		const { json } = await signed('/v2/auth', body(bodyAgentId), { agentId });
		expect(json.code).toBe(0);
		for (const [header, inside] of [
			[agentId, agentId],
			[bodyAgentId, bodyAgentId],
			[bodyAgentId, agentId],
		] as const) {
			expect((await signed('/v2/auth', body(inside), { agentId: header })).json.code).toBe(10);
		}
		const authorization = `Bearer ${json.data.accessToken}`;
		const call = await signed('/v2/games', encrypt('{}', apiKey), { agentId, authorization });
		expect(call.status).toBe(200);
		const other = { agentId: bodyAgentId, authorization };
		expect((await signed('/v2/games', encrypt('{}', apiKey), other)).status).toBe(401);
	});

	it.each([
		[7, 'Internal error'],
		[10, 'Agent code was not found or block'],
		[77, 'Too many requests'],
		[4711, 'Unknown code'],
	])('can refuse either call with code %d under HTTP 200', async (code, message) => {
		const refusal = { code, message, logUUID: expect.stringMatching(/^[0-9a-f-]{36}$/) };
		running.sandbox.faults.agentAuth.tokenFailures = [{ refusal: { code } }];
		running.sandbox.faults.agentAuth.businessFailures = [{ refusal: { code } }];
		const refused = await frozen();
		expect([refused.status, refused.json]).toEqual([200, refusal]);
		const cipherText = encrypt(login());
		const authorization = `Bearer ${(await signed('/v2/auth', cipherText)).json.data.accessToken}`;
		const call = await signed('/v2/games', encrypt('{}'), { authorization });
		expect([call.status, call.json]).toEqual([200, refusal]);
	});

	it.each(vectors.agentAuth.encryption)('decrypts the vector $plaintext', (vector) => {
		expect(decryptCipherText(vector.cipherText, vector.key)).toBe(vector.plaintext);
	});

	it.each(vectors.agentAuth.signatures)('signs the vector of $agentId', (vector) => {
		expect(agentSignature(vector, 'delimited')).toBe(vector.delimited);
		expect(agentSignature(vector, 'concatenated')).toBe(vector.concatenated);
	});
});
