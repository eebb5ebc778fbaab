import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { getAdditionalKeys } from 'n8n-core';
import {
	getCredentialOwnRequestAllowedDomains,
	ICredentialsHelper,
	injectDomainRestrictionFields,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IExecuteData,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import type { Engine } from '../../providers';
import { engine } from './engine';

const ROOT = join(__dirname, '../..');

/** The folders of credentials: of the package for all vendors, and of that of each vendor. */
const folders = [
	join(ROOT, 'credentials'),
	...readdirSync(join(ROOT, 'packages')).map((name) => join(ROOT, 'packages', name, 'credentials')),
];

/** n8n's own type with certificates, which belongs to no package here. */
const HTTP_SSL_AUTH: ICredentialType = {
	name: 'httpSslAuth',
	displayName: 'SSL Certificates',
	properties: ['ca', 'cert', 'key', 'passphrase'].map((name) => ({
		displayName: name,
		name,
		type: 'string',
		default: '',
	})),
};

/** The class of a credential type, from the file that n8n's naming rule says. */
export function load(type: string): ICredentialType {
	if (type === HTTP_SSL_AUTH.name) return HTTP_SSL_AUTH;
	const name = type.charAt(0).toUpperCase() + type.slice(1);
	const file = `${name}.credentials`;
	const folder = folders.find((path) => existsSync(join(path, `${file}.ts`))) ?? 'credentials';
	const classes = require(join(folder, file)) as Record<
		string,
		new (shared: Engine) => ICredentialType
	>;
	const Type = classes[name];
	if (Type === undefined) throw new Error(`credentials/${name}.credentials.ts has no ${name}`);
	const credentialType = new Type(engine);
	// n8n 1 has no such fields.
	credentialType.properties =
		injectDomainRestrictionFields?.(credentialType) ?? credentialType.properties;
	return credentialType;
}

/** n8n's own (`n8n/dist/credentials-helper.js`, 2.41.1) with a map in the place of its database. */
export class InMemoryCredentialsHelper extends ICredentialsHelper {
	/** What was written to the "database", in order. */
	readonly writes: ICredentialDataDecryptedObject[] = [];

	private readonly types = new Map<string, ICredentialType>();

	constructor(private readonly stored: Record<string, ICredentialDataDecryptedObject>) {
		super();
	}

	private typeOf(name: string): ICredentialType {
		const type = this.types.get(name) ?? load(name);
		this.types.set(name, type);
		return type;
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string) {
		return this.typeOf(type).properties;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.typeOf(typeName);
		if (typeof authenticate !== 'function') throw new Error('Only functions are supported here');
		return await authenticate(credentials, requestOptions as IHttpRequestOptions);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.typeOf(typeName);
		const expirable = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		if (expirable === undefined || type.preAuthentication === undefined) return undefined;
		const isTest = node.parameters.temp === '' && node.type === 'n8n-nodes-base.noOp';
		if (credentials[expirable.name] !== '' && !credentialsExpired && !isTest) return undefined;
		const output = (await type.preAuthentication.call(
			restrictToCredentialDomains(helpers, credentials),
			credentials,
		)) as ICredentialDataDecryptedObject;
		if (output[expirable.name] === undefined) return undefined;
		if (node.credentials === undefined) return undefined;
		await this.updateCredentials({ id: typeName, name: typeName }, typeName, {
			...this.stored[typeName],
			...output,
		});
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Not used by the nodes of this package');
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		_raw?: boolean,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const data = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			structuredClone(this.stored[type]) as never,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		if (resolve === undefined) return data;
		return resolve.workflow.expression.getParameterValue(
			data as never,
			resolve.runExecutionData,
			resolve.runIndex,
			resolve.itemIndex,
			resolve.node.name,
			resolve.connectionInputData,
			mode,
			getAdditionalKeys(additionalData, mode, null, { isCredential: true }),
			executeData,
			false,
			data as never,
		) as ICredentialDataDecryptedObject;
	}

	async updateCredentials(
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.stored[type] = data;
		this.writes.push(data);
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('Not used by the nodes of this package');
	}
}

function restrictToCredentialDomains(
	{ helpers }: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestHelper {
	return {
		helpers: {
			httpRequest: async (requestOptions) => {
				const allowedDomains = getCredentialOwnRequestAllowedDomains?.(credentials);
				if (allowedDomains === undefined) return await helpers.httpRequest(requestOptions);
				if (requestOptions.allowedDomains !== undefined) {
					throw new Error(
						'This credential restricts requests to specific domains, which cannot be combined with the domains its authentication step asks for.',
					);
				}
				return await helpers.httpRequest({ ...requestOptions, allowedDomains });
			},
		},
	};
}
