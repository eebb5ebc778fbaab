import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';

import { credentialHooks, tokenField } from '../../../providers/hooks/credentialHooks';
import type { Provider } from '../../../providers/kit/provider';
import { createEngine } from '../../../providers/tokens/engine';
import { maxus } from '../../../providers/vendors/maxus/vendor';
import { FakeClock } from '../../support/fakeClock';
import { bodyOf } from '../../support/responses';

/** A vendor that allows four requests a minute, and its logins. */
const provider: Provider = { ...maxus, limits: { requestsPerMinute: 4 } };

let clock: FakeClock;
let hooks: ReturnType<typeof credentialHooks>;
let logins: number[];
let refusal: string | null;

beforeEach(() => {
	clock = new FakeClock();
	hooks = credentialHooks(createEngine(clock), provider);
	logins = [];
	refusal = null;
});

const context = {
	helpers: {
		httpRequest: async () => {
			logins.push(clock.elapsed());
			const body =
				refusal === null
					? { status: 1, data: `token-${logins.length}` }
					: { status: 0, errMsg: refusal };
			return { statusCode: 200, headers: {}, body: bodyOf(JSON.stringify(body)) };
		},
	},
} as unknown as IHttpRequestHelper;

/** What n8n does before it sends a call of its own. */
async function beforeCall(): Promise<unknown> {
	const data: ICredentialDataDecryptedObject = {
		environment: 'custom',
		baseUrl: 'https://maxus.example',
		serviceCode: 'fake-code',
		serviceSecret: 'fake-secret',
		[tokenField.name]: '',
	};
	return await hooks.preAuthentication.call(context, data).catch((error: unknown) => error);
}

it('a call that n8n makes counts as well as the login before it', async () => {
	const calls = [];
	for (let call = 0; call < 3; call += 1) {
		calls.push(beforeCall());
		await clock.advance(10);
	}
	await clock.advance(120_000);
	await Promise.all(calls);
	// The first to end is the login of the first call, and its call ends with it: both make room at once.
	expect(logins.slice(0, 2)).toEqual([0, 10]);
	expect(logins[2]).toBeGreaterThan(60_000);
});

it('a login waits until its call has capacity, too', async () => {
	hooks = credentialHooks(createEngine(clock), { ...provider, limits: { requestsPerMinute: 3 } });
	const calls = [beforeCall()];
	await clock.advance(10);
	calls.push(beforeCall());
	await clock.advance(1000);
	expect(logins).toEqual([0]);
	await clock.advance(120_000);
	await Promise.all(calls);
	expect(logins).toHaveLength(2);
});

it('a refused login takes no capacity with it', async () => {
	refusal = 'serviceSecret is wrong';
	for (let tries = 0; tries < 3; tries += 1) {
		const tried = beforeCall();
		await clock.advance(0);
		expect(await tried).toBeInstanceOf(Error);
		// By then the refusal is forgotten, and the login no longer counts.
		await clock.advance(62_000);
	}
	refusal = null;
	logins = [];
	const calls = [beforeCall(), beforeCall()];
	await clock.advance(2000);
	await Promise.all(calls);
	expect(logins).toHaveLength(2);
});
