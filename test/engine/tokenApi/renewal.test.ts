import type { IDataObject } from 'n8n-workflow';

import { skip, skipPauses } from '../authenticatedRequest/skippedTime';
import { runHelpers } from '../harness';
import { CUSTOM_FORMS, customCredential } from './customForms';
import { call, calls, callOf, credentialOf, items, logins, sandbox, type Known } from './setup';

skipPauses();

const SAP: Known = { service: 'sapBusinessOne', played: 'sapBusinessOne', database: 'companyDb' };
const SHOPWARE: Known = {
	service: 'shopware',
	played: 'shopware',
	username: 'client_id',
	password: 'client_secret',
};

/** As n8n's HTTP Request node calls. */
const helperCall = async (credential: IDataObject, url: string) =>
	await runHelpers({ credentials: { tokenApi: credential as never } }, async (context) => ({
		answer: (await context.helpers.httpRequestWithAuthentication.call(context, 'tokenApi', {
			url,
			json: true,
		})) as IDataObject,
	}));

const ways = {
	'Authenticated Request': async (known: Known) =>
		(await call(credentialOf(known), callOf(known))).error,
	'HTTP Request': async (known: Known) => {
		const url = `${sandbox.tokenApi[known.played].baseUrl}/echo`;
		return (await helperCall(credentialOf(known), url)).error;
	},
};

describe.each(Object.entries(ways))('%s', (way, makeCall) => {
	it('keeps a session that falls idle alive by its calls, and logs in before it has ended', async () => {
		// SAP says 30 minutes.
		for (let use = 0; use < 4; use += 1) {
			expect(await makeCall(SAP)).toBeNull();
			skip(25 * 60_000);
		}
		expect(logins()).toHaveLength(1);
		skip(6 * 60_000);
		expect(await makeCall(SAP)).toBeNull();
		expect(logins()).toHaveLength(2);
		expect(calls().map(({ status }) => status)).toEqual(Array(5).fill(200));
	});

	it('does not take a call for an extension where the lifetime counts from the login', async () => {
		// Shopware says 10 minutes.
		for (let use = 0; use < 3; use += 1) {
			expect(await makeCall(SHOPWARE)).toBeNull();
			skip(4 * 60_000);
		}
		expect(await makeCall(SHOPWARE)).toBeNull();
		expect(logins()).toHaveLength(2);
		expect(calls().map(({ status }) => status)).toEqual(Array(4).fill(200));
	});

	it('does not log in again and again where the service gives out what has no time left', async () => {
		sandbox.faults.shopware.tokenLifetimeSeconds = 0;
		await makeCall(SHOPWARE);
		// The node sees that the token was refused, and gets another one.
		expect(logins()).toHaveLength(way === 'HTTP Request' ? 1 : 2);
	});
});

const formOf = (name: string) => {
	const form = CUSTOM_FORMS.find(({ played }) => played === name);
	if (form === undefined) throw new Error(`No form for ${name}`);
	return form;
};

/** What the services say to every call from now on, each in its own way. */
const SAYINGS: Array<[name: string, status: number, body: object]> = [
	['directus', 403, { errors: [{ extensions: { code: 'INVALID_TOKEN' } }] }],
	['strapi', 401, {}],
	['marketo', 200, { success: false, errors: [{ code: '602' }] }],
	['feishu', 200, { code: 99991663, msg: 'Invalid access token' }],
	['feishu', 400, { code: 99991663, msg: 'Invalid access token' }],
	['weChat', 200, { errcode: 42001, errmsg: 'access_token expired' }],
	['odoo', 200, { error: { code: 100, message: 'Odoo Session Expired' } }],
	['zabbix', 200, { error: { code: -32602, data: 'Session terminated, re-login, please.' } }],
	['synology', 200, { success: false, error: { code: 119 } }],
	['fileMaker', 401, { messages: [{ code: '952', message: 'Invalid FileMaker Data API token' }] }],
];

describe.each(SAYINGS)('%s refuses every token by %i %j', (name, status, body) => {
	const form = formOf(name);
	const { played } = form;
	const known = callOf({ ...form, service: played });

	it('one login and one repetition more, then the item says so', async () => {
		const failure = { status, body: JSON.stringify(body), times: Infinity };
		sandbox.faults[played].businessFailures = [failure];
		const { error } = await call(customCredential(form), known);
		expect(error?.message).toMatch(/refused|token|401/i);
		expect(logins()).toHaveLength(2);
		// A new token is tried again three times, unless a 403 may mean that the call is not allowed.
		expect(calls()).toHaveLength(status === 403 ? 2 : 8);
	});

	it('ten items at once need one new login', async () => {
		const failure = { status, body: JSON.stringify(body), times: 10 };
		sandbox.faults[played].businessFailures = [failure];
		const { error, items: given } = await call(customCredential(form), known, {
			items: items(10),
		});
		expect(error).toBeNull();
		expect(given).toHaveLength(10);
		expect(logins()).toHaveLength(status === 403 ? 2 : 1);
		expect(calls()).toHaveLength(20);
	});
});

it('one login serves nodes of both kinds at once', async () => {
	const credential = credentialOf(SHOPWARE);
	const { baseUrl } = sandbox.tokenApi.shopware;
	await Promise.all([
		call(credential, callOf(SHOPWARE), { items: items(5) }),
		helperCall(credential, `${baseUrl}/echo`),
		helperCall(credential, `${baseUrl}/echo`),
	]);
	expect(calls()).toHaveLength(7);
	expect(logins()).toHaveLength(1);
});
