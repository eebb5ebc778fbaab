import { call, callOf, calls, credentialOf, items, logins, sandbox, type Known } from './setup';

import { tokenApi } from '../../../providers';

const rpc = { jsonrpc: '2.0', method: 'item.get', params: {}, id: 7 };

/** Whoever fills a template, a form, a query or JSON without care sends another one. */
const NASTY = 'fake-"quoted"&a=b+c%25 $& {{username}} \\é';

const KNOWN: Known[] = [
	{ service: 'dingTalk', played: 'dingTalk', username: 'appKey', password: 'appSecret' },
	{ service: 'directus', played: 'directus' },
	{ service: 'feishu', played: 'feishu', username: 'app_id', password: 'app_secret' },
	{ service: 'fileMaker', played: 'fileMaker', database: 'Contacts' },
	{ service: 'jira', played: 'jiraDataCenter', path: '/rest/api/2/myself' },
	{
		service: 'keycloak',
		played: 'keycloak',
		username: 'client_id',
		password: 'client_secret',
		database: 'demo',
	},
	{ service: 'marketo', played: 'marketo', username: 'client_id', password: 'client_secret' },
	{
		service: 'odoo',
		played: 'odoo',
		database: 'db',
		method: 'POST',
		path: '/web/dataset/call_kw',
		body: { jsonrpc: '2.0', method: 'call', params: {}, id: 7 },
	},
	{ service: 'proxmox', played: 'proxmox', method: 'POST', path: '/api2/json/nodes' },
	{ service: 'sapBusinessOne', played: 'sapBusinessOne', database: 'companyDb' },
	{ service: 'shopware', played: 'shopware', username: 'client_id', password: 'client_secret' },
	{ service: 'splunk', played: 'splunk' },
	{ service: 'strapi', played: 'strapi' },
	{ service: 'synology', played: 'synology' },
	{ service: 'uniFi', played: 'uniFi', method: 'POST' },
	{ service: 'vCenter', played: 'vCenter' },
	{ service: 'weChat', played: 'weChat', username: 'appid', password: 'secret' },
	{ service: 'zabbix', played: 'zabbix', method: 'POST', path: '/api_jsonrpc.php', body: rpc },
];

it('names services that there are', () => {
	expect(Object.keys(tokenApi.services)).toEqual(
		expect.arrayContaining(KNOWN.map(({ service }) => service)),
	);
});

describe.each(KNOWN.map((known) => [known.service, known] as const))('%s', (_service, known) => {
	it('logs in once for ten calls', async () => {
		const { error, items: given } = await call(credentialOf(known), callOf(known), {
			items: items(10),
		});
		expect(error).toBeNull();
		expect(given).toHaveLength(10);
		expect(logins()).toHaveLength(1);
		expect(calls().map(({ status }) => status)).toEqual(Array(10).fill(200));
	});

	it('sends a secret of any characters as it is', async () => {
		const { played, password = 'password' } = known;
		const service = sandbox.tokenApi[played] as { change(secrets: Record<string, string>): void };
		service.change({ [password]: NASTY });
		const { error } = await call(credentialOf(known), callOf(known));
		expect(error).toBeNull();
		expect(logins()).toHaveLength(1);
		expect(calls()).toHaveLength(1);
	});

	it('renews a token that is refused, once', async () => {
		const credential = credentialOf(known);
		await call(credential, callOf(known));
		sandbox.tokenApi[known.played].expireTokens();
		const { error } = await call(credential, callOf(known));
		expect(error).toBeNull();
		expect(logins()).toHaveLength(2);
	});

	it('makes one attempt with a wrong secret', async () => {
		const credential = { ...credentialOf(known), password: 'fake-wrong-password' };
		const { items: given } = await call(credential, callOf(known), {
			items: items(20),
			onError: 'continueRegularOutput',
		});
		expect(given).toHaveLength(20);
		expect(given.every(({ json }) => typeof json.error === 'string')).toBe(true);
		expect(logins()).toHaveLength(1);
		expect(calls()).toEqual([]);
		expect(JSON.stringify(given)).not.toContain('fake-wrong-password');
	});
});
