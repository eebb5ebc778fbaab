import { parse } from 'yaml';

import { draftOf } from '../../scripts/draft/draft';
import { readDescription } from '../../providers/vendors/tokenApi/description/readDescription';

const VALUES = {
	username: { label: 'Client ID' },
	password: { label: 'Client Secret', secret: true },
};

const FORM = {
	grant_type: 'client_credentials',
	client_id: '{{username}}',
	client_secret: '{{password}}',
};

const openApi = (scheme: string, rest = 'servers: [{ url: "https://api.example.com/v1/" }]') =>
	parse(`
openapi: 3.0.3
info: { title: Example Orders }
${rest}
components:
  securitySchemes:
    key: { type: apiKey, name: X-Key, in: header }
    login: ${scheme}
`) as unknown;

const flow = (tokenUrl: string, scopes = '{}') =>
	`{ type: oauth2, flows: { clientCredentials: { tokenUrl: "${tokenUrl}", scopes: ${scopes} } } }`;

describe('a draft from an OpenAPI document', () => {
	it('has the login on another host as an address, and the scopes as a value', () => {
		const scopes = '{ "orders:read": Read, "orders:write": Write }';
		expect(draftOf(openApi(flow('https://auth.example.com/oauth/token', scopes)))).toEqual({
			version: 1,
			name: 'Example Orders',
			address: { default: 'https://api.example.com/v1' },
			values: { ...VALUES, scope: { label: 'Scopes', example: 'orders:read orders:write' } },
			login: {
				url: 'https://auth.example.com/oauth/token',
				form: { ...FORM, scope: '{{scope}}' },
			},
			token: { json: 'access_token' },
			lifetime: { json: 'expires_in' },
		});
	});

	it('has the login on the same host as a path, and a relative one as it is', () => {
		const servers = 'servers: [{ url: "https://api.example.com" }]';
		const same = draftOf(openApi(flow('https://api.example.com/oauth/token'), servers));
		expect(same.login).toEqual({ url: '/oauth/token', form: FORM });
		expect(draftOf(openApi(flow('/oauth/token'), servers)).login).toEqual(same.login);
	});

	it('leaves the tenant in an address to the user', () => {
		const servers = 'servers: [{ url: "https://{tenant}.example.com" }]';
		const draft = draftOf(openApi(flow('https://{tenant}-login.example.com/token'), servers));
		expect(draft.address).toEqual({ example: 'https://tenant.example.com' });
		expect(draft.loginAddress).toEqual({ example: 'https://tenant-login.example.com' });
		expect(draft.login?.url).toBe('/token');
	});

	it('fills in a variable that has only some values', () => {
		const servers =
			'servers: [{ url: "https://{region}.example.com", variables: { region: { default: eu, enum: [eu, us] } } }]';
		expect(draftOf(openApi(flow('/token'), servers)).address).toEqual({
			default: 'https://eu.example.com',
		});
	});

	it('follows a reference, and reads version 2 as well', () => {
		const referred = parse(`
openapi: 3.1.0
info: { title: Example }
components:
  securitySchemes:
    login: { $ref: "#/components/x-schemes/oauth" }
  x-schemes: { oauth: ${flow('https://auth.example.com/token')} }
`) as unknown;
		expect(draftOf(referred).login?.url).toBe('https://auth.example.com/token');
		const swagger = parse(`
swagger: "2.0"
info: { title: Example }
host: api.example.com
basePath: /v2
securityDefinitions:
  login: { type: oauth2, flow: application, tokenUrl: "https://api.example.com/token", scopes: {} }
externalDocs: { url: "https://docs.example.com" }
`) as unknown;
		expect(draftOf(swagger)).toMatchObject({
			documentation: [{ url: 'https://docs.example.com', read: expect.any(String) as string }],
			address: { default: 'https://api.example.com/v2' },
			login: { url: 'https://api.example.com/token' },
		});
	});

	it('says which security there is, when it is another', () => {
		expect(() => draftOf(openApi('{ type: http, scheme: bearer }'))).toThrow(
			'The document has no client credentials of OAuth 2. Its security schemes: key, login.',
		);
	});
});

const manifest = (authenticator: string) =>
	parse(`
type: DeclarativeSource
name: Example Metrics
definitions:
  login: &login
    type: SessionTokenAuthenticator
${authenticator}
streams:
  - retriever: { requester: { authenticator: { $ref: "#/definitions/login" } } }
spec:
  connection_specification:
    properties:
      instance_url: { title: Instance URL }
      email: { title: Email }
      user_password: { title: Password, airbyte_secret: true }
      api_key: { title: API Key, airbyte_secret: true }
`) as unknown;

describe('a draft from a manifest of Airbyte', () => {
	it('has the login, where the token goes, and how long it lives', () => {
		const draft = draftOf(
			manifest(`
    login_requester:
      url_base: "{{ config['instance_url'] }}"
      path: api/session
      http_method: POST
      request_headers: { X-Api-Key: "{{ config['api_key'] }}" }
      request_body_json: { username: "{{ config['email'] }}", password: "{{ config.user_password }}", remember: true }
    session_token_path: [data, id]
    expiration_duration: P14D
    request_authentication:
      type: ApiKey
      inject_into: { type: RequestOption, inject_into: header, field_name: X-Session }
`),
		);
		expect(draft).toEqual({
			version: 1,
			name: 'Example Metrics',
			address: { example: 'https://api.example.com', label: 'Instance URL' },
			values: {
				apiKey: { label: 'API Key', secret: true },
				username: { label: 'Email' },
				password: { label: 'Password', secret: true },
			},
			login: {
				method: 'POST',
				url: '/api/session',
				headers: { 'X-Api-Key': '{{apiKey}}' },
				json: { username: '{{username}}', password: '{{password}}', remember: true },
			},
			token: { json: 'data.id' },
			send: { header: 'X-Session' },
			lifetime: { seconds: 1_209_600 },
		});
	});

	it('has Basic authentication, a form, and a token in the query', () => {
		const draft = draftOf(
			manifest(`
    login_requester:
      url_base: https://api.example.com/
      path: /login
      http_method: POST
      authenticator: { type: BasicHttpAuthenticator, username: "{{ config['email'] }}", password: "{{ config['user_password'] }}" }
      request_body: { type: RequestBodyUrlEncodedForm, value: { scope: all } }
    session_token_path: [token]
    request_authentication:
      type: ApiKey
      api_token: "Session {{ session_token }}"
      inject_into: { inject_into: request_parameter, field_name: session }
`),
		);
		expect(draft).toMatchObject({
			address: { default: 'https://api.example.com' },
			login: { url: '/login', basic: '{{username}}:{{password}}', form: { scope: 'all' } },
			send: { query: 'session', value: 'Session {{token}}' },
			lifetime: { untilRefused: true },
		});
		expect(readDescription(draft).expiredIf).toBeUndefined();
	});

	it('names a template that is more than a value', () => {
		expect(() =>
			draftOf(
				manifest(`
    login_requester: { url_base: https://api.example.com, path: /login, request_parameters: { sign: "{{ config['email'] | hash('md5') }}" } }
    session_token_path: [token]
`),
			),
		).toThrow('is more than a value of the configuration');
	});

	it('says that there is no such login', () => {
		expect(() => draftOf({ type: 'DeclarativeSource' })).toThrow(
			'The manifest has no SessionTokenAuthenticator.',
		);
		expect(() => draftOf({ type: 'else' })).toThrow('neither an OpenAPI document nor');
	});
});
