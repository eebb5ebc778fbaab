import { isJsonObject } from '../../providers/kit/json';
import type { WrittenDescription } from '../../providers/vendors/tokenApi/description/schema';
import { Failure } from '../../host/step';
import { at, objectAt, resolved, textAt } from './document';

/** The client credentials of an OpenAPI document: where tokens are, and what may be asked for. */
interface Flow {
	tokenUrl: string;
	scopes: string[];
}

/**
 * A draft of a description from an OpenAPI document (2.0, 3.0 or 3.1) whose security is client credentials of OAuth 2.
 * @throws {Failure} when it has no such security
 */
export function draftOfOpenApi(document: unknown): WrittenDescription {
	const { tokenUrl, scopes } = flowOf(document);
	const server = serverOf(document);
	const isTemplate = /\{/.test(server);
	const login = loginOf(tokenUrl, server);
	const scope = scopes.length > 0 ? { scope: '{{scope}}' } : {};
	return {
		version: 1,
		name: textAt(document, 'info', 'title') ?? 'Service',
		...documentationOf(document),
		address: isTemplate ? { example: filledIn(server) } : { default: server },
		...login.address,
		values: {
			username: { label: 'Client ID' },
			password: { label: 'Client Secret', secret: true },
			...(scopes.length > 0 && { scope: { label: 'Scopes', example: scopes.join(' ') } }),
		},
		login: {
			url: login.url,
			form: {
				grant_type: 'client_credentials',
				client_id: '{{username}}',
				client_secret: '{{password}}',
				...scope,
			},
		},
		token: { json: 'access_token' },
		lifetime: { json: 'expires_in' },
	};
}

function flowOf(document: unknown): Flow {
	const schemes = {
		...objectAt(document, 'components', 'securitySchemes'),
		...objectAt(document, 'securityDefinitions'),
	};
	const flows = Object.values(schemes)
		.map((scheme) => resolved(scheme, document))
		.map((scheme) =>
			textAt(scheme, 'flow') === 'application' ? scheme : at(scheme, 'flows', 'clientCredentials'),
		);
	const flow = flows.find((one) => textAt(one, 'tokenUrl') !== undefined);
	if (flow === undefined) {
		const names = Object.keys(schemes).join(', ') || 'none';
		throw new Failure(
			`The document has no client credentials of OAuth 2. Its security schemes: ${names}.`,
		);
	}
	return {
		tokenUrl: textAt(flow, 'tokenUrl') as string,
		scopes: Object.keys(objectAt(flow, 'scopes')),
	};
}

/** What the addresses of calls begin with. */
function serverOf(document: unknown): string {
	const servers = at(document, 'servers');
	const first: unknown = Array.isArray(servers) ? servers[0] : undefined;
	const host = textAt(document, 'host');
	const ofSwagger = host && `https://${host}${textAt(document, 'basePath') ?? ''}`;
	const url = textAt(first, 'url') ?? ofSwagger ?? '';
	const variables = objectAt(first, 'variables');
	const filled = Object.entries(variables).reduce(
		(text, [name, variable]) =>
			isJsonObject(variable) && Array.isArray(variable.enum)
				? text.replaceAll(`{${name}}`, String(variable.default))
				: text,
		url,
	);
	return /^https?:/.test(filled) ? filled.replace(/\/$/, '') : 'https://{host}';
}

/** A tenant in an address is the user's own: `https://{tenant}.example.com`. */
const filledIn = (url: string) =>
	url.replace('{host}', 'api.example.com').replace(/\{(\w+)\}/g, '$1');

/** On the host of calls a path; on another one an address; on the user's own an address that the user gives. */
function loginOf(tokenUrl: string, server: string) {
	const [, origin = '', path = tokenUrl] = /^(https?:\/\/[^/]+)(.*)$/.exec(tokenUrl) ?? [];
	const [base = server] = /^https?:\/\/[^/]+/.exec(server) ?? [];
	const isBelow = origin === '' || (origin === base && base === server);
	if (isBelow) return { url: path, address: {} };
	if (!/\{/.test(origin)) return { url: tokenUrl, address: {} };
	return { url: path, address: { loginAddress: { example: filledIn(origin) } } };
}

function documentationOf(document: unknown) {
	const url = textAt(document, 'externalDocs', 'url');
	return url === undefined ? {} : { documentation: [{ url, read: today() }] };
}

const today = () => new Date().toISOString().slice(0, 10);
