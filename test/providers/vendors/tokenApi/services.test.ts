import * as v from 'valibot';

import type { VendorError } from '../../../../providers/kit/errors';
import type { HttpRequest, HttpResponse } from '../../../../providers/kit/provider';
import { readDescription } from '../../../../providers/vendors/tokenApi/description/readDescription';
import { SERVICES } from '../../../../providers/vendors/tokenApi/services';
import { everythingIn, thrownBy } from '../../../support/leaks';
import { NOW, surroundings, tokenApi } from './form';
import vectors from './jwtVectors.json';
import {
	exchangesOf,
	expectCall,
	expectRequest,
	filledJson,
	type Values,
} from './services/compare';
import { proofSchema, type ProofResponse } from './services/proof';

/** Texts that a template filled in as text, or a wrong encoding, would break. */
const hostile = (name: string) => `fake-${name}-"&$&<'\\{{token}}%41+é`;

const KEYS: Values = {
	'test:rsa': vectors.keys.rsa.private,
	'test:p256': vectors.keys.p256.private,
	'test:ed25519': vectors.keys.ed25519.private,
	'test:secret': vectors.sharedSecret,
};

const responseOf = ({ status, headers, json, text }: ProofResponse): HttpResponse => ({
	status,
	headers: Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	),
	body: text ?? (json === undefined ? '' : JSON.stringify(json)),
});

describe.each(Object.entries(SERVICES))('%s', (service, written) => {
	const description = readDescription(written);
	const proof = v.parse(proofSchema, description.proof);
	const asked = Object.keys(description.values);
	const values = Object.fromEntries(
		asked.map((name) => {
			const own = proof.values[name];
			return [name, own === undefined ? hostile(name) : (KEYS[own] ?? own)];
		}),
	) as Values;
	const credentials = tokenApi.readCredentials({
		service,
		baseUrl: description.address.default ? '' : description.address.example,
		loginAddress: description.loginAddress?.default ? '' : description.loginAddress?.example,
		...values,
	});
	const exchanges = exchangesOf(proof.login);

	/** Where the token is given or refused. */
	const loginAt = description.before === undefined ? 0 : 1;

	/** The credential after that many requests of its login, as documented; `check` sees each request. */
	const after = async (
		count: number,
		check: (request: HttpRequest, at: number, known: Values) => void = () => {},
	) => {
		let current = credentials;
		for (const [at, { response }] of exchanges.slice(0, count).entries()) {
			const prepared =
				(await tokenApi.prepare?.({ credentials: current, env: surroundings })) ?? current;
			const of = { credentials: prepared, options: {}, env: surroundings };
			check(tokenApi.tokenRequest(of), at, prepared.values as Values);
			current = tokenApi.nextOfLogin?.({ ...of, response: responseOf(response) }) ?? prepared;
		}
		return current;
	};

	const read = async (response: ProofResponse, at = exchanges.length - 1) => {
		const of = { credentials: await after(at), options: {}, env: surroundings };
		const given = { ...of, response: responseOf(response) };
		if (tokenApi.nextOfLogin?.(given)) throw new Error('The login goes on after that');
		return await tokenApi.readTokenResponse(given);
	};

	const expectJwt = (jwt = '..') => {
		const parts = jwt.split('.').slice(0, 2);
		if (proof.jwt === undefined) return;
		const [header, claims] = parts.map(
			(part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object,
		);
		expect(header).toEqual(filledJson(proof.jwt.header, values));
		expect(claims).toMatchObject(filledJson(proof.jwt.claims, values) as object);
	};

	const expectGiven = async (
		response: ProofResponse | null,
		{ gives, call }: Pick<typeof proof, 'gives' | 'call'>,
	) => {
		const token =
			response === null
				? await tokenApi.makeToken?.({ credentials, env: surroundings })
				: await read(response);
		if (token == null) throw new Error('There is no token');
		if (response === null) expectJwt(token.token);
		if (gives.token !== undefined) expect(token.token).toBe(gives.token);
		const { expiresAt, extra = {} } = token;
		expect(expiresAt).toBe(gives.expiresIn === null ? Infinity : NOW + gives.expiresIn * 1000);
		expect(extra).toMatchObject(gives.extra);
		const request = { method: call.method, url: `${credentials.baseUrl}/call` };
		const made = tokenApi.authorize({ credentials, token, request, env: surroundings });
		expectCall(made, call, { ...values, ...extra, token: token.token });
	};

	it('says where it was looked up, and when', () => {
		expect(description.documentation.length).toBeGreaterThan(0);
		expect(proof.login === undefined).toBe(description.login === undefined);
	});

	it('logs in as the vendor documents it, whatever the values hold', async () => {
		const check = (request: HttpRequest, at: number, known: Values) => {
			expectJwt(known.jwt);
			expectRequest(request, exchanges[at]!.request, known);
		};
		await after(exchanges.length, check);
	});

	it('takes the token, and calls carry it', async () => {
		await expectGiven(exchanges.at(-1)?.response ?? null, proof);
		for (const { response, ...expected } of proof.alsoGood) await expectGiven(response, expected);
	});

	it('knows a refusal, says why, and shows no secret', async () => {
		for (const refusal of proof.refused) {
			const error = (await thrownBy(async () => await read(refusal, loginAt))) as VendorError;
			expect({ refusal, rejected: error.credentialRejected }).toEqual({ refusal, rejected: true });
			expect(error.isTransient).toBe(false);
			expect(error.message).toContain(refusal.says ?? '');
			for (const name of credentials.secretNames) {
				expect(everythingIn(error)).not.toContain(values[name] || 'no such value');
			}
		}
	});

	it('tells a service that is busy from a wrong secret', async () => {
		for (const later of proof.later) {
			const error = (await thrownBy(async () => await read(later, loginAt))) as VendorError;
			expect({ later, rejected: error.credentialRejected }).toEqual({ later, rejected: false });
			expect(error.isTransient).toBe(true);
			expect(error.message).toContain(later.says ?? '');
		}
	});

	it('knows a token that is no longer good', () => {
		const isExpired = (response: ProofResponse) =>
			response.status === 401 ||
			tokenApi.readCallResponse?.({
				credentials,
				response: { ...responseOf(response), url: `${credentials.baseUrl}/call` },
				env: surroundings,
			})?.tokenState === 'refused';
		for (const one of proof.expired) expect([one, isExpired(one)]).toEqual([one, true]);
		for (const one of proof.notExpired) expect([one, isExpired(one)]).toEqual([one, false]);
	});
});
