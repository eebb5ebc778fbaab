import type { IDataObject } from 'n8n-workflow';

import { call, callOf, calls, credentialOf, logins, sandbox, type Known } from './setup';

const MARKETO: Known = {
	service: 'marketo',
	played: 'marketo',
	username: 'client_id',
	password: 'client_secret',
};

const EXPIRED = JSON.stringify({ success: false, errors: [{ code: '602' }] });

/** What the user wants to see of refusals; it says nothing about the token. */
const VIEWS: Array<[name: string, options: IDataObject]> = [
	['as usual', {}],
	['with Never Error', { response: { response: { neverError: true } } }],
	['with Fail on Vendor Error Code off', { failOnVendorErrorCode: false }],
];

describe.each(VIEWS)('a token that has expired under HTTP 200, %s', (_name, options) => {
	it.each([1, 1.1])('is renewed by a node of version %s', async (typeVersion) => {
		sandbox.faults.marketo.businessFailures = [{ status: 200, body: EXPIRED, times: 4 }];
		const parameters = { ...callOf(MARKETO), options };
		const { error, items } = await call(credentialOf(MARKETO), parameters, { typeVersion });
		expect(error).toBeNull();
		expect(items?.[0]?.json).not.toHaveProperty('success', false);
		// The new token is tried again three times before.
		expect(calls()).toHaveLength(5);
		expect(logins()).toHaveLength(2);
	});
});
