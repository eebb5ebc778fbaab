import { VendorError } from '../../../../providers/kit/errors';
import { SeenOnce } from '../../../../providers/kit/seenOnce';
import {
	decryptRequest,
	encryptResponse,
	type IncomingRules,
} from '../../../../providers/vendors/agentAuth/incoming';
import { agentAuth } from '../../../../providers/vendors/agentAuth/vendor';
import { AGENTS, decryptCipherText, operatorCall } from '../../../../sandbox';
import { everythingIn, thrownBy } from '../../../support/leaks';

const NOW = 1769745532582;

const credentialsOf = (agent: (typeof AGENTS)[keyof typeof AGENTS]) =>
	agentAuth.readCredentials({ baseUrl: 'https://api.example.com', ...agent });

const RULES: IncomingRules = {
	requireSignature: true,
	toleranceMs: 300_000,
	refuseRepeated: true,
};

interface Case {
	agent?: (typeof AGENTS)[keyof typeof AGENTS];
	rules?: Partial<IncomingRules>;
	seen?: SeenOnce;
	elapsed?: number;
}

const open = (
	request: { body: unknown; headers: unknown },
	{ agent = AGENTS.delimited, rules, seen = new SeenOnce(), elapsed = 0 }: Case = {},
) =>
	decryptRequest({
		credentials: credentialsOf(agent),
		request,
		rules: { ...RULES, ...rules },
		seen,
		env: { now: () => NOW, elapsed: () => elapsed, randomBytes: (n) => new Uint8Array(n) },
	});

const BALANCE = { action: 'balance', username: 'fake-member' };

const call = (change: object = {}, json: unknown = BALANCE) =>
	operatorCall(AGENTS.delimited, json, { at: NOW, ...change });

describe('a request of the vendor', () => {
	it.each(Object.values(AGENTS))('is read for %o', (agent) => {
		expect(open(operatorCall(agent, BALANCE, { at: NOW }), { agent })).toEqual(BALANCE);
	});

	it('is read from the object that the Webhook node makes of its body', () => {
		const { body, headers } = call();
		expect(open({ body: JSON.parse(body) as object, headers })).toEqual(BALANCE);
	});

	it('is read with spaces in its body, and a name in capitals in its headers', () => {
		const { body, headers } = operatorCall(AGENTS.concatenated, BALANCE, { at: NOW });
		const { cipherText } = JSON.parse(body) as { cipherText: string };
		const { 'x-agentid': agentId, ...more } = headers;
		const request = {
			body: JSON.stringify({ cipherText }, null, 2),
			headers: { 'X-AgentID': agentId, ...more },
		};
		expect(open(request, { agent: AGENTS.concatenated })).toEqual(BALANCE);
	});

	it('keeps the digits of a number that JavaScript cannot hold', () => {
		const request = call({}, '{"transactionId":9007199254740993,"amount":12.5}');
		expect(open(request)).toEqual({ transactionId: '9007199254740993', amount: 12.5 });
	});

	it('is read without a signature only where that is allowed', () => {
		const request = call({ isSigned: false });
		expect(() => open(request)).toThrow('The request is not signed');
		expect(open(request, { rules: { requireSignature: false } })).toEqual(BALANCE);
	});
});

describe('is refused', () => {
	const changed = (of: { body: string; headers: Record<string, string> }, header: object) => ({
		...of,
		headers: { ...of.headers, ...header },
	});
	const otherText = (of: { body: string; headers: Record<string, string> }) => ({
		...of,
		body: call().body,
	});

	it.each([
		[
			'for another agent',
			changed(call(), { 'x-agentid': 'other' }),
			'10',
			'The request is for another agent',
		],
		[
			'with a wrong signature',
			changed(call(), { 'x-signature': '0'.repeat(64) }),
			'83',
			'The signature of the request is wrong',
		],
		[
			'with another timestamp than was signed',
			changed(call(), { 'x-timestamp': String(NOW + 1) }),
			'83',
			'The signature of the request is wrong',
		],
		[
			'with another nonce than was signed',
			changed(call(), { 'x-nonce': 'a'.repeat(32) }),
			'83',
			'The signature of the request is wrong',
		],
		[
			'with another body than was signed',
			otherText(call()),
			'83',
			'The signature of the request is wrong',
		],
		['without a nonce', changed(call(), { 'x-nonce': '' }), '83', 'The request is not signed'],
		[
			'of 301 seconds ago',
			call({ at: NOW - 301_000 }),
			'83',
			'The timestamp of the request is too far from now',
		],
		[
			'of 301 seconds ahead',
			call({ at: NOW + 301_000 }),
			'83',
			'The timestamp of the request is too far from now',
		],
		['with no time', call({ at: NaN }), '83', 'The timestamp of the request is too far from now'],
		[
			'of a key that is not ours',
			operatorCall({ ...AGENTS.delimited, apiKey: 'ab'.repeat(32) }, BALANCE, { at: NOW }),
			'84',
			'The request cannot be decrypted',
		],
		['with a list in it', call({}, [1]), '11', 'The request holds no JSON object'],
		['with text in it', call({}, 'balance'), '11', 'The request holds no JSON object'],
	])('%s', async (_what, request, vendorCode, message) => {
		const error = await thrownBy(() => open(request));
		expect(error).toBeInstanceOf(VendorError);
		expect(error).toMatchObject({ message, vendorCode });
		expect(everythingIn(error)).not.toContain(AGENTS.delimited.apiKey);
	});

	it.each([
		['no cipherText', { body: {}, headers: call().headers }, '"Body" has no "cipherText"'],
		['no body', { body: undefined, headers: call().headers }, '"Body" has no "cipherText"'],
		['a page', { body: '<html>', headers: call().headers }, '"Body" has no "cipherText"'],
		[
			'no headers',
			{ body: call().body, headers: undefined },
			'"Headers" are not those of a request',
		],
	])('with %s', (_what, request, message) => {
		expect(() => open(request)).toThrow(message);
	});

	it('within 300 seconds in either direction it is not', () => {
		expect(open(call({ at: NOW - 300_000 }))).toEqual(BALANCE);
		expect(open(call({ at: NOW + 300_000 }))).toEqual(BALANCE);
		expect(open(call({ at: 0 }), { rules: { toleranceMs: 0 } })).toEqual(BALANCE);
	});
});

describe('a request that came before', () => {
	const nonce = '4ff08bc2a45c6b38068dbcd24296a25b';

	it('is refused for its nonce, however it is encrypted', () => {
		const seen = new SeenOnce();
		open(call({ nonce }), { seen });
		expect(() => open(call({ nonce }), { seen })).toThrow('The request came before');
		expect(open(call(), { seen })).toEqual(BALANCE);
	});

	it('is refused for its encrypted text, however it is signed: anybody can sign it', () => {
		const seen = new SeenOnce();
		const { body } = call();
		const unsigned = { rules: { requireSignature: false }, seen };
		open({ body, headers: { 'x-agentid': AGENTS.delimited.agentId } }, unsigned);
		expect(() =>
			open({ body, headers: { 'x-agentid': AGENTS.delimited.agentId } }, unsigned),
		).toThrow('The request came before');
	});

	it('is forgotten after a day, or read where that is allowed', () => {
		const seen = new SeenOnce();
		const request = call({ nonce });
		open(request, { seen });
		expect(open(request, { seen, rules: { refuseRepeated: false } })).toEqual(BALANCE);
		expect(() => open(request, { seen, elapsed: 86_399_999 })).toThrow('The request came before');
		expect(open(request, { seen, elapsed: 86_400_001 })).toEqual(BALANCE);
	});

	it('is not remembered where it could not be decrypted', () => {
		const seen = new SeenOnce();
		const stranger = { ...AGENTS.delimited, apiKey: 'ab'.repeat(32) };
		expect(() => open(operatorCall(stranger, BALANCE, { at: NOW, nonce }), { seen })).toThrow();
		expect(open(call({ nonce }), { seen })).toEqual(BALANCE);
	});
});

it('remembers a bounded number of names, the last ones', () => {
	const seen = new SeenOnce();
	for (let n = 0; n < 100_002; n += 1) seen.isNew([`name ${n}`], 0, 1000);
	expect(seen.isNew(['name 100001'], 0, 1000)).toBe(false);
	expect(seen.isNew(['name 0'], 0, 1000)).toBe(true);
});

describe('the answer', () => {
	const credentials = credentialsOf(AGENTS.concatenated);
	const env = { now: () => NOW, randomBytes: (length: number) => new Uint8Array(length).fill(7) };

	it('is encrypted and signed like a request', () => {
		const { body, headers } = encryptResponse({
			credentials,
			json: { status: '0000', balance: 12.5 },
			env,
		});
		expect(decryptCipherText(body.cipherText, AGENTS.concatenated.apiKey)).toBe(
			'{"status":"0000","balance":12.5}',
		);
		expect(open({ body, headers }, { agent: AGENTS.concatenated })).toEqual({
			status: '0000',
			balance: 12.5,
		});
	});

	it('may be given as text, with all digits', () => {
		const { body } = encryptResponse({ credentials, json: '{"id": 9007199254740993}', env });
		expect(decryptCipherText(body.cipherText, AGENTS.concatenated.apiKey)).toBe(
			'{"id":9007199254740993}',
		);
	});

	it.each(['', '[]', 'x', null, 1])('is refused where it is no object: %j', (json) => {
		expect(() => encryptResponse({ credentials, json, env })).toThrow(
			'The answer to encrypt is not a JSON object',
		);
	});
});
