import type { Entry, Guide } from '../types';
import { customGuides } from './customGuides';
import { SERVICES, type ServiceName } from './services';

/** A service that the credential knows: its name there, and what it calls the secrets. */
interface Listed {
	service: string;
	/** The label of each secret, by the name it has in the sandbox. */
	labels: Record<string, string>;
	/** What the form asks for besides. */
	more?: Entry[];
	/** By default a GET of `echo`. */
	call?: Entry[];
}

const USER = { username: 'Username', password: 'Password' };

const USER_BY_EMAIL = { username: 'Email', password: 'Password' };

const CLIENT = { client_id: 'Client ID', client_secret: 'Client Secret' };

const get = (url: string): Entry[] => [
	['Method', 'GET'],
	['URL', url],
];

const post = (url: string, body: object): Entry[] => [
	['Method', 'POST'],
	['URL', url],
	['Send Body', 'on'],
	['Specify Body', 'Using JSON'],
	['JSON', JSON.stringify(body)],
];

const LISTED = {
	dingTalk: { service: 'DingTalk (钉钉)', labels: { appKey: 'App Key', appSecret: 'App Secret' } },
	directus: { service: 'Directus', labels: USER_BY_EMAIL, call: get('items/articles') },
	feishu: {
		service: 'Feishu / Lark (飞书)',
		labels: { app_id: 'App ID', app_secret: 'App Secret' },
	},
	fileMaker: {
		service: 'FileMaker Server Data API',
		labels: USER,
		more: [['Database', 'Contacts']],
	},
	jiraDataCenter: {
		service: 'Jira Data Center (up to 10)',
		labels: USER,
		call: get('rest/api/2/myself'),
	},
	keycloak: {
		service: 'Keycloak (Client Credentials)',
		labels: CLIENT,
		more: [['Realm', 'demo']],
	},
	marketo: { service: 'Marketo', labels: CLIENT },
	odoo: {
		service: 'Odoo',
		labels: { ...USER_BY_EMAIL, db: 'Database' },
		call: post('web/dataset/call_kw', { jsonrpc: '2.0', method: 'call', params: {}, id: 1 }),
	},
	proxmox: { service: 'Proxmox VE', labels: USER, call: get('api2/json/nodes') },
	sapBusinessOne: {
		service: 'SAP Business One',
		labels: { ...USER, companyDb: 'Company Database' },
	},
	shopware: {
		service: 'Shopware 6 Admin',
		labels: { client_id: 'Access Key ID', client_secret: 'Secret Access Key' },
	},
	splunk: { service: 'Splunk', labels: USER },
	strapi: { service: 'Strapi', labels: USER_BY_EMAIL, call: get('api/articles') },
	synology: { service: 'Synology DSM (群晖)', labels: USER },
	uniFi: { service: 'UniFi OS', labels: USER },
	vCenter: { service: 'VMware vCenter (7.0 U2 and Newer)', labels: USER },
	weChat: { service: 'WeChat (微信公众号)', labels: { appid: 'App ID', secret: 'App Secret' } },
	zabbix: {
		service: 'Zabbix 6.4 and Newer',
		labels: USER,
		call: post('api_jsonrpc.php', { jsonrpc: '2.0', method: 'item.get', params: {}, id: 1 }),
	},
} satisfies Partial<Record<ServiceName, Listed>>;

/**
 * A guide for each service: first those with a form of their own, then those of the list.
 *
 * @param url - what the base URLs of all services begin with
 */
export function guides(url: string): Guide[] {
	const listed = Object.entries<Listed>(LISTED).map(([name, known]) =>
		guideOf(`${url}/${name}`, known, SERVICES[name as keyof typeof LISTED].secrets),
	);
	return [...customGuides(url), ...listed];
}

function guideOf(
	baseUrl: string,
	{ service, labels, more = [], call = get('echo') }: Listed,
	secrets: Record<string, string>,
): Guide {
	const fields = Object.entries(labels).map(([name, label]): Entry => [label, secrets[name] ?? '']);
	return {
		title: `Token API, ${service}`,
		credential: [['Service', service], ['Base URL', baseUrl], ...fields, ...more],
		call: [['Provider', 'Token API'], ...call],
	};
}
