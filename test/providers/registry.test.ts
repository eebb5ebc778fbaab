import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CREDENTIAL_TYPES, TOKEN_NODES, type CredentialType } from '../../host/examples';
import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import codex from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node.json';
import { providers, type Provider } from '../../providers';
import { startSandbox, VENDORS, type Sandbox, type SandboxVendor } from '../../sandbox';
import { publishedCredentials, publishedNodes, secretsIn } from '../support/published';

/** Each vendor has to be in all these places; one that was forgotten fails here by its name. */
const all = Object.entries<Provider>(providers);

const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const request = new AuthenticatedRequest().description;

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

describe.each(all)('%s', (type, provider) => {
	it('is registered under the name of its credential type', () => {
		expect(provider.type).toBe(type);
	});

	it('has a credential, named in package.json', () => {
		expect(publishedCredentials.map(({ name }) => name)).toContain(type);
	});

	it('has at most one node that gives its tokens, which the demo shows', () => {
		const names = publishedNodes
			.map(({ description }) => description)
			.filter(({ credentials = [] }) => credentials.length === 1 && credentials[0]?.name === type)
			.map(({ name }) => `n8n-nodes-token-providers.${name}`);
		expect(names).toEqual([TOKEN_NODES[type as CredentialType]].filter(Boolean));
	});

	it('is offered by Authenticated Request, with its credential', () => {
		const choices = request.properties.find(({ name }) => name === 'provider')?.options ?? [];
		expect(choices).toContainEqual({
			name: provider.displayName,
			value: type,
			description: provider.summary,
		});
		expect(request.credentials?.map(({ name }) => name)).toContain(type);
	});

	it('is found by its name in the node panel, as Authenticated Request', () => {
		const words = codex.alias.map((word) => word.toLowerCase());
		expect(words).toContain(provider.displayName.toLowerCase());
	});

	it('is played by the sandbox, and so shown by the demo', () => {
		expect(Object.values<SandboxVendor>(VENDORS).map((one) => one.credentialType)).toContain(type);
		expect(sandbox.credentials).toHaveProperty(type);
		expect(CREDENTIAL_TYPES).toContainEqual({ type, vendor: provider.displayName });
	});

	it('is described on the page that its credential links to', () => {
		const credential = publishedCredentials.find(({ name }) => name === type);
		const [, page = ''] = /\/blob\/main\/([^#]+)/.exec(credential?.documentationUrl ?? '') ?? [];
		expect(read(page)).toContain(provider.displayName);
	});

	it.each(['README.md', 'docs/README.zh-CN.md', 'docs/credentials.md'])(
		'is named in %s, which lists the vendors',
		(page) => {
			expect(read(page)).toContain(provider.displayName);
		},
	);

	it('shows no message what its credential hides', () => {
		const data = sandbox.credentials[type as CredentialType];
		const hidden = Object.values(secretsIn(type, data));
		expect(hidden).not.toEqual([]);
		const credentials = provider.readCredentials({ ...data });
		expect(provider.secretsOf({ credentials })).toEqual(expect.arrayContaining(hidden));
	});

	it('has tests of its own', () => {
		const folders = [type, type.replace(/Api$/, '')].map((name) =>
			join(ROOT, 'test/providers/vendors', name),
		);
		expect(folders.filter(existsSync)).not.toEqual([]);
	});
});

it('is the only list: package.json names no credential or node of another vendor', () => {
	expect(publishedCredentials).toHaveLength(all.length);
	expect(publishedNodes).toHaveLength(Object.keys(TOKEN_NODES).length + 1);
});
