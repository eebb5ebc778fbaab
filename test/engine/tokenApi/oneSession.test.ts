import type { IDataObject } from 'n8n-workflow';

import { Token } from '../../../nodes/Token/Token.node';
import { tokenApi } from '../../../providers';
import { pressTest } from '../credentialTest';
import { load } from '../credentialsHelper';
import { engine } from '../engine';
import { runHelpers, runNode } from '../harness';
import { call, calls, credentialOf, items, logins, sandbox } from './setup';

const SYNOLOGY = { service: 'synology', played: 'synology' } as const;

const QUERY = '/webapi/entry.cgi?api=SYNO.FileStation.List&version=2&method=list';

describe('Synology, where a login ends the session that the account has', () => {
	it.each(['fresh', 'reuse'])('%s: five items at once are five good calls', async (tokenUse) => {
		const run = await call(
			credentialOf(SYNOLOGY),
			{ tokenUse, url: QUERY, options: { concurrency: 5 } },
			{ items: items(5) },
		);
		expect(run.error).toBeNull();
		expect(run.items.map(({ json }) => json.success)).toEqual(Array(5).fill(true));
		expect(logins()).toHaveLength(1);
		expect(calls()).toHaveLength(5);
	});

	it('is used by every node and by a test with the same token', async () => {
		const credentials = { tokenApi: credentialOf(SYNOLOGY) as never };
		const request = async () => await call(credentialOf(SYNOLOGY), { url: QUERY });
		expect((await request()).error).toBeNull();
		const given = await runNode({ node: new Token(engine), credentials });
		expect(given.error).toBeNull();
		const { baseUrl } = sandbox.tokenApi.synology;
		const helped = await runHelpers({ credentials }, async (context) => {
			const options = { uri: `${baseUrl}${QUERY}`, method: 'GET' as const, json: true };
			return (await context.helpers.requestWithAuthentication.call(
				context,
				'tokenApi',
				options,
			)) as IDataObject;
		});
		expect(helped.items[0]?.json).toMatchObject({ success: true });
		expect(logins()).toHaveLength(1);

		// A test logs in, which ends the session before, and its token serves the calls after it.
		expect(await pressTest('tokenApi', credentialOf(SYNOLOGY) as never)).toMatchObject({
			status: 'OK',
		});
		expect((await request()).items[0]?.json).toMatchObject({ success: true });
		expect((await request()).error).toBeNull();
		expect(logins()).toHaveLength(2);
	});
});

const services = Object.entries(tokenApi.services).filter(([, { limits }]) => limits?.oneSession);

it.each(services)('the form of %s says that the account has one session', (service) => {
	const notices = load('tokenApi').properties.filter(
		({ type, displayOptions }) =>
			type === 'notice' && displayOptions?.show?.service?.includes(service),
	);
	expect(notices.map(({ displayName }) => displayName).join(' ')).toMatch(
		/A login ends the session .* All calls share one token, also with Token Use "Fresh"/,
	);
});
