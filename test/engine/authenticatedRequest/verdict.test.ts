import { calls, logins, request, sandbox } from './setup';

/** A refusal in each vendor's own form, whose code says nothing about the token, and one in nobody's form. */
const REFUSALS = [
	['agentAuthApi', 'agentAuth', { code: 99, message: 'no', logUUID: '1' }],
	['agentAuthApi', 'agentAuth', { error: 'no' }],
	['serviceCombApi', 'serviceComb', { errorCode: '401999', errorMessage: 'no' }],
	['serviceCombApi', 'serviceComb', { error: 'no' }],
	['yesApi', 'yesApi', { ret: 499, msg: 'no', data: {} }],
	['yesApi', 'yesApi', 'no'],
	['maxusApi', 'maxus', { status: 0, errMsg: 'no' }],
	['maxusApi', 'maxus', ''],
] as const;

it.each(REFUSALS)(
	'HTTP 401 of %s renews the token, whatever form the refusal has (%s, %j)',
	async (provider, vendor, refusal) => {
		const body = typeof refusal === 'string' ? refusal : JSON.stringify(refusal);
		sandbox.faults[vendor].businessFailures = [{ status: 401, body, times: 4 }];
		const { baseUrl } = sandbox.credentials[provider];
		const parameters = { url: `${String(baseUrl)}/echo`, method: 'POST' };
		const { error } = await request(parameters, { provider });
		expect(error).toBeNull();
		expect(calls().map(({ status }) => status)).toEqual([401, 401, 401, 401, 200]);
		expect(logins()).toHaveLength(2);
	},
);
