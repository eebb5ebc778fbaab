import type { Entry, Guide } from '../types';
import { SERVICES, type ServiceName } from './services';

/** A key as one line, which is all that the field for it holds. */
const oneLine = (pem: string) => pem.replaceAll('\n', '\\n');

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** What goes into the form of each service that is not in the credential's list, by the label. */
const FORMS = {
	appStoreConnect: () => {
		const { issuerId, keyId, privateKey } = SERVICES.appStoreConnect.secrets;
		return [
			['Username', issuerId],
			['Sign a JWT', 'It Is the Token'],
			['Algorithm', 'ES256'],
			['Signing Key', oneLine(privateKey)],
			['Key ID', keyId],
			['Claims', '{"iss": "{{username}}", "aud": "appstoreconnect-v1"}'],
			['JWT Lifetime in Seconds', '1200'],
		];
	},
	ghost: () => {
		const [id = '', key = ''] = SERVICES.ghost.secrets.adminKey.split(':');
		return [
			['Sign a JWT', 'It Is the Token'],
			['Algorithm', 'HS256'],
			['Signing Key', key],
			['Signing Key Is', 'Hex'],
			['Key ID', id],
			['Claims', '{"aud": "/admin/"}'],
			['Change How It Is Sent', 'on'],
			['How It Is Sent', [['Header', 'Authorization', 'Ghost {{token}}']]],
		];
	},
	snowflake: () => {
		const { account, passphrase, privateKey } = SERVICES.snowflake.secrets;
		return [
			['Username', account],
			['Sign a JWT', 'It Is the Token'],
			['Algorithm', 'RS256'],
			['Signing Key', oneLine(privateKey)],
			['Key Passphrase', passphrase],
			['Claims', '{"iss": "{{username}}.N8N.{{fingerprint}}", "sub": "{{username}}.N8N"}'],
			['Change How It Is Sent', 'on'],
			[
				'How It Is Sent',
				[
					['Header', 'Authorization', 'Bearer {{token}}'],
					['Header', 'X-Snowflake-Authorization-Token-Type', 'KEYPAIR_JWT'],
				],
			],
		];
	},
	gitHubApp: () => {
		const { appId, installationId, privateKey } = SERVICES.gitHubApp.secrets;
		return [
			['Token URL', `/app/installations/${installationId}/access_tokens`],
			['Username', appId],
			['Sign a JWT', 'For the Token Request'],
			['Signing Key', oneLine(privateKey)],
			['Claims', '{"iss": "{{username}}"}'],
			['Clock Margin in Seconds', '60'],
			['Change the Token Request', 'on'],
			['Body', 'None'],
			[
				'Headers',
				[
					['Authorization', 'Bearer {{jwt}}'],
					['User-Agent', 'my-app'],
				],
			],
			['Lifetime', 'Field of the Response'],
			['Lifetime Is At', 'expires_at'],
			['Lifetime Unit', 'Date and Time (ISO 8601)'],
		];
	},
	googleServiceAccount: (baseUrl) => {
		const { clientEmail, scope, privateKey } = SERVICES.googleServiceAccount.secrets;
		const claims = { iss: '{{username}}', scope, aud: `${baseUrl}/token` };
		return [
			['Token URL', '/token'],
			['Username', clientEmail],
			['Sign a JWT', 'For the Token Request'],
			['Signing Key', oneLine(privateKey)],
			['Claims', JSON.stringify(claims)],
			['Change the Token Request', 'on'],
			['Body', 'Form URL Encoded'],
			[
				'Form Fields',
				[
					['grant_type', GRANT],
					['assertion', '{{jwt}}'],
				],
			],
			['Token Is At', 'access_token'],
			['Lifetime', 'Field of the Response'],
		];
	},
	zabbixBefore64: () => {
		const { username, password } = SERVICES.zabbixBefore64.secrets;
		const params = { username: '{{username}}', password: '{{password}}' };
		return [
			['Token URL', '/api_jsonrpc.php'],
			['Username', username],
			['Password', password],
			['Change the Token Request', 'on'],
			['JSON Body', JSON.stringify({ jsonrpc: '2.0', method: 'user.login', params, id: 1 })],
			['Token Is At', 'result'],
			['Change How It Is Sent', 'on'],
			['How It Is Sent', [['Field of the JSON Body', 'auth', '{{token}}']]],
			['Lifetime', 'Until Refused'],
		];
	},
} satisfies Partial<Record<ServiceName, (baseUrl: string) => Entry[]>>;

const NAMES: Record<keyof typeof FORMS, string> = {
	appStoreConnect: 'App Store Connect',
	ghost: 'Ghost Admin',
	snowflake: 'Snowflake',
	gitHubApp: 'GitHub App',
	googleServiceAccount: 'Google service account',
	zabbixBefore64: 'Zabbix before 6.4',
};

const GET_ECHO: Entry[] = [
	['Method', 'GET'],
	['URL', 'echo'],
];

const RPC: Entry[] = [
	['Method', 'POST'],
	['URL', 'api_jsonrpc.php'],
	['Send Body', 'on'],
	['Specify Body', 'Using JSON'],
	['JSON', JSON.stringify({ jsonrpc: '2.0', method: 'item.get', params: {}, id: 1 })],
];

/** A guide for each service whose login is described field by field. */
export function customGuides(url: string): Guide[] {
	return Object.entries<(baseUrl: string) => Entry[]>(FORMS).map(([name, form]) => {
		const baseUrl = `${url}/${name}`;
		return {
			title: `Token API, ${NAMES[name as keyof typeof FORMS]}`,
			credential: [['Service', 'Custom'], ['Base URL', baseUrl], ...form(baseUrl)],
			call: [['Provider', 'Token API'], ...(name === 'zabbixBefore64' ? RPC : GET_ECHO)],
		};
	});
}
