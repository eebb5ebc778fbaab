/** What a known service fills in: the credential's own fields, as if the user had typed them. */
export interface Preset {
	displayName: string;
	/** e.g. */
	baseUrl: string;
	/** What the service calls user name and password; by default those words. */
	username?: string;
	password?: string;
	/** What the service wants besides, as `{{database}}`; without it nothing. */
	database?: string;
	fields: Record<string, unknown>;
}

const json = (template: object) => ({
	bodyType: 'json',
	jsonBody: JSON.stringify(template, null, 2),
});

const rows = (pairs: Record<string, string>) => ({
	values: Object.entries(pairs).map(([name, value]) => ({ name, value })),
});

const place = (where: string, name: string, value: string, writesOnly = false) => ({
	place: where,
	name,
	value,
	writesOnly,
});

const inField = (valuePath: string) => ({ valueFrom: 'json', valuePath });

const lastsFor = (lifetimePath: string, lifetimeUnit: string, countedFrom = 'login') => ({
	lifetime: 'field',
	lifetimePath,
	lifetimeUnit,
	countedFrom,
});

const untilRefused = { lifetime: 'refusal' };

const expiredBy = (expiredPath: string, expiredValues: string) => ({ expiredPath, expiredValues });

/** The services that the credential knows, by the value of its field `service`. */
export const PRESETS = {
	dingTalk: {
		displayName: 'DingTalk',
		baseUrl: 'https://api.dingtalk.com',
		username: 'App Key',
		password: 'App Secret',
		fields: {
			requestUrl: '/v1.0/oauth2/accessToken',
			...json({ appKey: '{{username}}', appSecret: '{{password}}' }),
			...inField('accessToken'),
			placements: { values: [place('header', 'x-acs-dingtalk-access-token', '{{token}}')] },
			...lastsFor('expireIn', 's'),
			...expiredBy('code', 'InvalidAuthentication'),
		},
	},
	directus: {
		displayName: 'Directus',
		baseUrl: 'https://directus.example.com',
		username: 'Email',
		fields: {
			requestUrl: '/auth/login',
			...json({ email: '{{username}}', password: '{{password}}' }),
			...inField('data.access_token'),
			...lastsFor('data.expires', 'ms'),
			...expiredBy('errors[0].extensions.code', 'TOKEN_EXPIRED, INVALID_TOKEN'),
		},
	},
	feishu: {
		displayName: 'Feishu / Lark',
		baseUrl: 'https://open.feishu.cn',
		username: 'App ID',
		password: 'App Secret',
		fields: {
			requestUrl: '/open-apis/auth/v3/tenant_access_token/internal',
			...json({ app_id: '{{username}}', app_secret: '{{password}}' }),
			...inField('tenant_access_token'),
			...lastsFor('expire', 's'),
			...expiredBy('code', '99991663'),
		},
	},
	fileMaker: {
		displayName: 'FileMaker Data API',
		baseUrl: 'https://filemaker.example.com',
		database: 'Database',
		fields: {
			requestUrl: '/fmi/data/v1/databases/{{database}}/sessions',
			basicAuth: true,
			...json({}),
			...inField('response.token'),
			lifetime: 'fixed',
			lifetimeSeconds: 900,
			countedFrom: 'lastUse',
			...expiredBy('messages[0].code', '952'),
		},
	},
	jira: {
		displayName: 'Jira Data Center',
		baseUrl: 'https://jira.example.com',
		fields: {
			requestUrl: '/rest/auth/1/session',
			...json({ username: '{{username}}', password: '{{password}}' }),
			...inField('session.value'),
			extraValues: { values: [{ name: 'cookieName', from: 'json', path: 'session.name' }] },
			placements: { values: [place('cookie', '{{cookieName}}', '{{token}}')] },
			...untilRefused,
			// After the login has expired the service still answers 200 with what is public, so the status says nothing.
			expiredHeader: 'X-AUSERNAME: anonymous',
		},
	},
	keycloak: {
		displayName: 'Keycloak (Client Credentials)',
		baseUrl: 'https://keycloak.example.com',
		username: 'Client ID',
		password: 'Client Secret',
		database: 'Realm',
		fields: {
			requestUrl: '/realms/{{database}}/protocol/openid-connect/token',
			bodyType: 'form',
			formFields: rows({
				grant_type: 'client_credentials',
				client_id: '{{username}}',
				client_secret: '{{password}}',
			}),
			...inField('access_token'),
			...lastsFor('expires_in', 's'),
		},
	},
	marketo: {
		displayName: 'Marketo',
		baseUrl: 'https://123-ABC-456.mktorest.com',
		username: 'Client ID',
		password: 'Client Secret',
		fields: {
			requestUrl: '/identity/oauth/token',
			requestMethod: 'GET',
			queryParameters: rows({
				grant_type: 'client_credentials',
				client_id: '{{username}}',
				client_secret: '{{password}}',
			}),
			...inField('access_token'),
			...lastsFor('expires_in', 's'),
			...expiredBy('errors[0].code', '601, 602'),
		},
	},
	odoo: {
		displayName: 'Odoo',
		baseUrl: 'https://odoo.example.com',
		username: 'Email',
		database: 'Database',
		fields: {
			requestUrl: '/web/session/authenticate',
			...json({
				jsonrpc: '2.0',
				method: 'call',
				params: { db: '{{database}}', login: '{{username}}', password: '{{password}}' },
			}),
			valueFrom: 'cookie',
			valuePath: 'session_id',
			// The service sets a cookie for a refused login, too; only the user ID tells that it succeeded.
			extraValues: { values: [{ name: 'uid', from: 'json', path: 'result.uid' }] },
			placements: { values: [place('cookie', 'session_id', '{{token}}')] },
			...untilRefused,
			...expiredBy('error.code', '100'),
		},
	},
	proxmox: {
		displayName: 'Proxmox VE',
		baseUrl: 'https://proxmox.example.com:8006',
		fields: {
			requestUrl: '/api2/json/access/ticket',
			bodyType: 'form',
			formFields: rows({ username: '{{username}}', password: '{{password}}' }),
			...inField('data.ticket'),
			extraValues: { values: [{ name: 'csrf', from: 'json', path: 'data.CSRFPreventionToken' }] },
			placements: {
				values: [
					place('cookie', 'PVEAuthCookie', '{{token}}'),
					place('header', 'CSRFPreventionToken', '{{csrf}}', true),
				],
			},
			lifetime: 'fixed',
			lifetimeSeconds: 7200,
		},
	},
	sapBusinessOne: {
		displayName: 'SAP Business One',
		baseUrl: 'https://sap.example.com:50000',
		database: 'Company Database',
		fields: {
			requestUrl: '/b1s/v1/Login',
			...json({ CompanyDB: '{{database}}', UserName: '{{username}}', Password: '{{password}}' }),
			...inField('SessionId'),
			extraValues: { values: [{ name: 'route', from: 'cookie', path: 'ROUTEID' }] },
			placements: {
				values: [
					place('cookie', 'B1SESSION', '{{token}}'),
					place('cookie', 'ROUTEID', '{{route}}'),
				],
			},
			...lastsFor('SessionTimeout', 'min', 'lastUse'),
		},
	},
	shopware: {
		displayName: 'Shopware 6 Admin',
		baseUrl: 'https://shop.example.com',
		username: 'Access Key ID',
		password: 'Secret Access Key',
		fields: {
			requestUrl: '/api/oauth/token',
			...json({
				grant_type: 'client_credentials',
				client_id: '{{username}}',
				client_secret: '{{password}}',
			}),
			...inField('access_token'),
			...lastsFor('expires_in', 's'),
		},
	},
	splunk: {
		displayName: 'Splunk',
		baseUrl: 'https://splunk.example.com:8089',
		fields: {
			requestUrl: '/services/auth/login',
			bodyType: 'form',
			formFields: rows({
				username: '{{username}}',
				password: '{{password}}',
				output_mode: 'json',
			}),
			...inField('sessionKey'),
			placements: { values: [place('header', 'Authorization', 'Splunk {{token}}')] },
			...untilRefused,
		},
	},
	strapi: {
		displayName: 'Strapi',
		baseUrl: 'https://strapi.example.com',
		username: 'Email',
		fields: {
			requestUrl: '/api/auth/local',
			...json({ identifier: '{{username}}', password: '{{password}}' }),
			...inField('jwt'),
		},
	},
	synology: {
		displayName: 'Synology DSM',
		baseUrl: 'https://nas.example.com:5001',
		fields: {
			requestUrl: '/webapi/entry.cgi',
			bodyType: 'form',
			formFields: rows({
				api: 'SYNO.API.Auth',
				version: '6',
				method: 'login',
				account: '{{username}}',
				passwd: '{{password}}',
				format: 'sid',
				enable_syno_token: 'yes',
			}),
			...inField('data.sid'),
			extraValues: { values: [{ name: 'synoToken', from: 'json', path: 'data.synotoken' }] },
			placements: {
				values: [
					place('query', '_sid', '{{token}}'),
					place('header', 'X-SYNO-TOKEN', '{{synoToken}}'),
				],
			},
			...untilRefused,
			...expiredBy('error.code', '106, 107, 119'),
		},
	},
	uniFi: {
		displayName: 'UniFi OS',
		baseUrl: 'https://unifi.example.com',
		fields: {
			requestUrl: '/api/auth/login',
			...json({ username: '{{username}}', password: '{{password}}' }),
			valueFrom: 'cookie',
			valuePath: 'TOKEN',
			extraValues: { values: [{ name: 'csrf', from: 'claim', path: 'csrfToken' }] },
			placements: {
				values: [
					place('cookie', 'TOKEN', '{{token}}'),
					place('header', 'x-csrf-token', '{{csrf}}'),
				],
			},
		},
	},
	vCenter: {
		displayName: 'VMware vCenter',
		baseUrl: 'https://vcenter.example.com',
		fields: {
			requestUrl: '/api/session',
			basicAuth: true,
			bodyType: 'none',
			valueFrom: 'body',
			placements: { values: [place('header', 'vmware-api-session-id', '{{token}}')] },
			...untilRefused,
		},
	},
	weChat: {
		displayName: 'WeChat',
		baseUrl: 'https://api.weixin.qq.com',
		username: 'App ID',
		password: 'App Secret',
		fields: {
			requestUrl: '/cgi-bin/token',
			requestMethod: 'GET',
			queryParameters: rows({
				grant_type: 'client_credential',
				appid: '{{username}}',
				secret: '{{password}}',
			}),
			...inField('access_token'),
			placements: { values: [place('query', 'access_token', '{{token}}')] },
			...lastsFor('expires_in', 's'),
			...expiredBy('errcode', '40001, 40014, 42001'),
		},
	},
	zabbix: {
		displayName: 'Zabbix 6.4 and Newer',
		baseUrl: 'https://zabbix.example.com',
		fields: {
			requestUrl: '/api_jsonrpc.php',
			...json({
				jsonrpc: '2.0',
				method: 'user.login',
				params: { username: '{{username}}', password: '{{password}}' },
				id: 1,
			}),
			...inField('result'),
			...untilRefused,
			expiredPath: 'error.data',
			expiredText: 're-login',
		},
	},
} satisfies Record<string, Preset>;
