import type { IDataObject } from 'n8n-workflow';

import { sandbox, type Known } from './setup';

/** A service of the sandbox, and the form by which a user describes it who knows no preset. */
export interface CustomForm extends Omit<Known, 'service' | 'database'> {
	form: IDataObject;
	/** Fields that hold secrets of the sandbox, by the names these have there. */
	secrets?: Record<string, string>;
}

const rows = (pairs: Record<string, string>) => ({
	values: Object.entries(pairs).map(([name, value]) => ({ name, value })),
});

const places = (
	...values: Array<[place: string, name: string, value: string, once?: boolean]>
) => ({
	values: values.map(([place, name, value, writesOnly = false]) => ({
		place,
		name,
		value,
		writesOnly,
	})),
});

const extra = (...values: Array<[name: string, from: string, path: string]>) => ({
	values: values.map(([name, from, path]) => ({ name, from, path })),
});

const rpcCall = { jsonrpc: '2.0', method: 'item.get', params: {}, id: 7 };

/** Services 1 to 18 of the issue, and how Zabbix was before 6.4. */
export const CUSTOM_FORMS: CustomForm[] = [
	{
		played: 'shopware',
		username: 'client_id',
		password: 'client_secret',
		form: {
			requestUrl: '/api/oauth/token',
			changeRequest: true,
			jsonBody:
				'{"grant_type": "client_credentials", "client_id": "{{username}}", "client_secret": "{{password}}"}',
			valuePath: 'access_token',
			lifetime: 'field',
			lifetimePath: 'expires_in',
			lifetimeUnit: 's',
		},
	},
	{
		played: 'directus',
		form: {
			requestUrl: 'auth/login',
			changeRequest: true,
			jsonBody: '{ "email": "{{ username }}", "password": "{{ password }}" }',
			valuePath: '$.data.access_token',
			lifetime: 'field',
			lifetimePath: 'data["expires"]',
			lifetimeUnit: 'ms',
			changeExpired: true,
			expiredPath: 'errors[0].extensions.code',
			expiredValues: 'TOKEN_EXPIRED,INVALID_TOKEN',
		},
	},
	{
		played: 'strapi',
		form: {
			requestUrl: '/api/auth/local',
			changeRequest: true,
			jsonBody: '{"identifier": "{{username}}", "password": "{{password}}"}',
			valuePath: 'jwt',
		},
	},
	{
		played: 'keycloak',
		username: 'client_id',
		password: 'client_secret',
		form: {
			requestUrl: '/realms/demo/protocol/openid-connect/token',
			changeRequest: true,
			bodyType: 'form',
			formFields: rows({ grant_type: 'client_credentials' }),
			basicAuth: true,
			basicAuthFormEncoded: true,
			valuePath: 'access_token',
		},
	},
	{
		played: 'marketo',
		username: 'client_id',
		password: 'client_secret',
		form: {
			requestUrl: '/identity/oauth/token?grant_type=client_credentials',
			changeRequest: true,
			requestMethod: 'GET',
			bodyType: 'none',
			queryParameters: rows({ client_id: '{{username}}', client_secret: '{{password}}' }),
			valuePath: 'access_token',
			lifetime: 'field',
			lifetimePath: 'expires_in',
			changeExpired: true,
			expiredPath: 'errors[0].code',
			expiredValues: '601, 602',
		},
	},
	{
		played: 'feishu',
		username: 'app_id',
		password: 'app_secret',
		form: {
			requestUrl: '/open-apis/auth/v3/tenant_access_token/internal',
			changeRequest: true,
			jsonBody: '{"app_id": "{{username}}", "app_secret": "{{password}}"}',
			valuePath: 'tenant_access_token',
			lifetime: 'field',
			lifetimePath: 'expire',
			changeExpired: true,
			expiredPath: 'code',
			expiredValues: '99991663',
		},
	},
	{
		played: 'dingTalk',
		username: 'appKey',
		password: 'appSecret',
		form: {
			requestUrl: '/v1.0/oauth2/accessToken',
			changeRequest: true,
			jsonBody: '{"appKey": "{{username}}", "appSecret": "{{password}}"}',
			valuePath: 'accessToken',
			changeSending: true,
			placements: places(['header', 'x-acs-dingtalk-access-token', '{{token}}']),
			lifetime: 'field',
			lifetimePath: 'expireIn',
			changeExpired: true,
			expiredStatuses: '',
			expiredPath: 'code',
			expiredValues: 'InvalidAuthentication',
		},
	},
	{
		played: 'weChat',
		username: 'appid',
		password: 'secret',
		form: {
			requestUrl:
				'/cgi-bin/token?grant_type=client_credential&appid={{username}}&secret={{password}}',
			changeRequest: true,
			requestMethod: 'GET',
			bodyType: 'none',
			valuePath: 'access_token',
			changeSending: true,
			placements: places(['query', 'access_token', '{{token}}']),
			lifetime: 'field',
			lifetimePath: 'expires_in',
			changeExpired: true,
			expiredPath: 'errcode',
			expiredValues: '40001, 40014, 42001',
		},
	},
	{
		played: 'sapBusinessOne',
		form: {
			requestUrl: '/b1s/v1/Login',
			moreSecrets: true,
			value1Name: 'company',
			value1: 'SBODEMOUS',
			changeRequest: true,
			jsonBody:
				'{"CompanyDB": "{{company}}", "UserName": "{{username}}", "Password": "{{password}}"}',
			valueFrom: 'cookie',
			valuePath: 'B1SESSION',
			extraValues: extra(['route', 'cookie', 'ROUTEID']),
			changeSending: true,
			placements: places(['cookie', 'B1SESSION', '{{token}}'], ['cookie', 'ROUTEID', '{{route}}']),
			lifetime: 'field',
			lifetimePath: 'SessionTimeout',
			lifetimeUnit: 'min',
			countedFrom: 'lastUse',
		},
	},
	{
		played: 'odoo',
		method: 'POST',
		path: '/web/dataset/call_kw',
		body: { jsonrpc: '2.0', method: 'call', params: {}, id: 7 },
		form: {
			requestUrl: '/web/session/authenticate',
			changeRequest: true,
			jsonBody:
				'{"jsonrpc": "2.0", "method": "call", "params": {"db": "demo", "login": "{{username}}", "password": "{{password}}"}}',
			valueFrom: 'cookie',
			valuePath: 'session_id',
			extraValues: extra(['uid', 'json', 'result.uid']),
			changeSending: true,
			placements: places(['cookie', 'session_id', '{{token}}']),
			lifetime: 'refusal',
			changeExpired: true,
			expiredPath: 'error.code',
			expiredValues: '100',
		},
	},
	{
		played: 'zabbix',
		method: 'POST',
		path: '/api_jsonrpc.php',
		body: rpcCall,
		form: {
			requestUrl: '/api_jsonrpc.php',
			changeRequest: true,
			jsonBody:
				'{"jsonrpc": "2.0", "method": "user.login", "params": {"username": "{{username}}", "password": "{{password}}"}, "id": 1}',
			valuePath: 'result',
			lifetime: 'refusal',
			changeExpired: true,
			expiredText: 're-login',
		},
	},
	{
		played: 'zabbixBefore64',
		method: 'POST',
		path: '/api_jsonrpc.php',
		body: rpcCall,
		form: {
			requestUrl: '/api_jsonrpc.php',
			changeRequest: true,
			jsonBody:
				'{"jsonrpc": "2.0", "method": "user.login", "params": {"username": "{{username}}", "password": "{{password}}"}, "id": 1}',
			valuePath: 'result',
			changeSending: true,
			placements: places(['body', 'auth', '{{token}}']),
			lifetime: 'refusal',
			changeExpired: true,
			expiredPath: 'error.data',
			expiredText: 're-login',
		},
	},
	{
		played: 'vCenter',
		form: {
			requestUrl: '/api/session',
			changeRequest: true,
			bodyType: 'none',
			basicAuth: true,
			valueFrom: 'body',
			changeSending: true,
			placements: places(['header', 'vmware-api-session-id', '{{token}}']),
			lifetime: 'fixed',
			lifetimeSeconds: 300,
			countedFrom: 'lastUse',
		},
	},
	{
		played: 'uniFi',
		method: 'POST',
		form: {
			requestUrl: '/api/auth/login',
			valueFrom: 'cookie',
			valuePath: 'TOKEN',
			extraValues: extra(['csrf', 'claim', 'csrfToken']),
			changeSending: true,
			placements: places(
				['cookie', 'TOKEN', '{{token}}'],
				['header', 'x-csrf-token', '{{csrf}}', true],
			),
		},
	},
	{
		played: 'proxmox',
		method: 'POST',
		path: '/api2/json/nodes',
		form: {
			requestUrl: '/api2/json/access/ticket',
			changeRequest: true,
			bodyType: 'form',
			formFields: rows({ username: '{{username}}', password: '{{password}}' }),
			valuePath: 'data.ticket',
			extraValues: extra(['csrf', 'json', 'data.CSRFPreventionToken']),
			changeSending: true,
			placements: places(
				['cookie', 'PVEAuthCookie', '{{token}}'],
				['header', 'CSRFPreventionToken', '{{csrf}}', true],
			),
			lifetime: 'fixed',
			lifetimeSeconds: 7200,
		},
	},
	{
		played: 'splunk',
		form: {
			requestUrl: '/services/auth/login',
			changeRequest: true,
			bodyType: 'raw',
			rawBody: 'username={{username}}&password={{password}}',
			rawContentType: 'application/x-www-form-urlencoded',
			headerParameters: rows({ accept: 'text/xml' }),
			valueFrom: 'xml',
			valuePath: 'sessionKey',
			changeSending: true,
			placements: places(['header', 'Authorization', 'Splunk {{token}}']),
			lifetime: 'refusal',
		},
	},
	{
		played: 'synology',
		form: {
			requestUrl: '/webapi/entry.cgi',
			changeRequest: true,
			bodyType: 'form',
			formFields: rows({
				api: 'SYNO.API.Auth',
				version: '6',
				method: 'login',
				account: '{{username}}',
				passwd: '{{password}}',
				enable_syno_token: 'yes',
			}),
			valuePath: 'data.sid',
			extraValues: extra(['synoToken', 'json', 'data.synotoken']),
			changeSending: true,
			placements: places(
				['query', '_sid', '{{token}}'],
				['header', 'X-SYNO-TOKEN', '{{synoToken}}'],
			),
			lifetime: 'refusal',
			changeExpired: true,
			expiredPath: 'error.code',
			expiredValues: '106,107,119',
		},
	},
	{
		played: 'fileMaker',
		form: {
			requestUrl: '/fmi/data/vLatest/databases/Contacts/sessions',
			changeRequest: true,
			jsonBody: '{}',
			basicAuth: true,
			valueFrom: 'header',
			valuePath: 'X-FM-Data-Access-Token',
			lifetime: 'fixed',
			lifetimeSeconds: 900,
			countedFrom: 'lastUse',
			changeExpired: true,
			expiredPath: 'messages[0].code',
			expiredValues: '952',
		},
	},
	{
		played: 'jiraDataCenter',
		path: '/browse/DEMO-1',
		form: {
			requestUrl: '/rest/auth/1/session',
			valuePath: 'session.value',
			extraValues: extra(['cookie', 'json', 'session.name']),
			changeSending: true,
			placements: places(['cookie', '{{cookie}}', '{{token}}']),
			lifetime: 'refusal',
			changeExpired: true,
			expiredHeader: 'X-AUSERNAME: anonymous',
		},
	},
];

/** Services that want a JWT which is signed here. */
export const SIGNED_FORMS: CustomForm[] = [
	{
		played: 'appStoreConnect',
		username: 'issuerId',
		secrets: { signingKey: 'privateKey', keyId: 'keyId' },
		form: {
			jwt: 'accessToken',
			jwtAlgorithm: 'ES256',
			jwtClaims: '{"iss": "{{username}}", "aud": "appstoreconnect-v1"}',
			jwtLifetime: 1200,
		},
	},
	{
		played: 'ghost',
		form: {
			jwt: 'accessToken',
			jwtAlgorithm: 'HS256',
			keyId: '65a0fa4e00000000000000aa',
			signingKey: 'fa4e'.repeat(16),
			signingKeyEncoding: 'hex',
			jwtClaims: '{"aud": "/admin/"}',
			changeSending: true,
			placements: places(['header', 'Authorization', 'Ghost {{token}}']),
		},
	},
	{
		played: 'snowflake',
		username: 'account',
		secrets: { signingKey: 'privateKey', keyPassphrase: 'passphrase' },
		form: {
			jwt: 'accessToken',
			jwtAlgorithm: 'RS256',
			jwtClaims: '{"iss": "{{username}}.N8N.{{fingerprint}}", "sub": "{{username}}.N8N"}',
			jwtLifetime: 3600,
			changeSending: true,
			placements: places(
				['header', 'Authorization', 'Bearer {{token}}'],
				['header', 'X-Snowflake-Authorization-Token-Type', 'KEYPAIR_JWT'],
			),
		},
	},
	{
		played: 'gitHubApp',
		username: 'appId',
		secrets: { signingKey: 'privateKey' },
		form: {
			jwt: 'value',
			jwtAlgorithm: 'RS256',
			jwtClaims: '{"iss": "{{username}}"}',
			jwtLifetime: 540,
			jwtMargin: 60,
			requestUrl: '/app/installations/815/access_tokens',
			changeRequest: true,
			bodyType: 'none',
			headerParameters: rows({
				Authorization: 'Bearer {{jwt}}',
				Accept: 'application/vnd.github+json',
				'User-Agent': 'n8n-fake-app',
			}),
			lifetime: 'field',
			lifetimePath: 'expires_at',
			lifetimeUnit: 'iso',
		},
	},
	{
		played: 'googleServiceAccount',
		username: 'clientEmail',
		secrets: { signingKey: 'privateKey', keyId: 'keyId', value1: 'scope' },
		form: {
			jwt: 'value',
			jwtAlgorithm: 'RS256',
			moreSecrets: true,
			value1Name: 'scope',
			jwtClaims: '{"iss": "{{username}}", "scope": "{{scope}}", "aud": "BASE_URL/token"}',
			jwtLifetime: 3600,
			requestUrl: 'BASE_URL/token',
			changeRequest: true,
			bodyType: 'form',
			formFields: rows({
				grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
				assertion: '{{jwt}}',
			}),
			valuePath: 'access_token',
			lifetime: 'field',
			lifetimePath: 'expires_in',
		},
	},
];

/** Good credential data, filled in by hand. */
export function customCredential({ played, form, secrets = {}, ...known }: CustomForm) {
	const { baseUrl, secrets: all } = sandbox.tokenApi[played];
	const { username = 'username', password = 'password' } = known;
	const of = (name: string) => (all as Record<string, string>)[name] ?? '';
	return {
		service: 'custom',
		baseUrl,
		username: of(username),
		password: of(password),
		...(JSON.parse(JSON.stringify(form).replaceAll('BASE_URL', baseUrl)) as IDataObject),
		...Object.fromEntries(Object.entries(secrets).map(([field, name]) => [field, of(name)])),
	};
}
