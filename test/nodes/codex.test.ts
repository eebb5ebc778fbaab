import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SERVICES } from '../../providers/vendors/tokenApi/services';
import { publishedCredentials, publishedNodes } from '../support/published';

interface Codex {
	node: string;
	alias: string[];
	resources: Record<'primaryDocumentation' | 'credentialDocumentation', Array<{ url: string }>>;
}

const nodes = publishedNodes.map(({ constructor, description }) => {
	const path = join(__dirname, '../../nodes', constructor.name, `${constructor.name}.node.json`);
	const codex = JSON.parse(readFileSync(path, 'utf8')) as Codex;
	return { description, codex };
});

/** The nodes that n8n's panel finds by a word: by their name, or by an alias. */
const foundBy = (word: string) =>
	nodes
		.filter(({ description, codex }) =>
			[description.displayName, ...codex.alias].some((text) => text.toLowerCase().includes(word)),
		)
		.map(({ description }) => description.name)
		.sort();

const every = nodes.map(({ description }) => description.name).sort();

test.each([
	['http request', ['authenticatedRequest']],
	['login', every],
	['log in', every],
	['token', every],
	['jwt', every],
	['sign', ['agentAuth', 'authenticatedRequest', 'token', 'yesApiJwt']],
	['encrypt', ['agentAuth', 'authenticatedRequest']],
	['maxus', ['authenticatedRequest', 'maxusToken']],
	['saic', ['authenticatedRequest', 'maxusToken']],
	['agent auth', ['agentAuth', 'authenticatedRequest']],
	['vertexplay', ['agentAuth', 'authenticatedRequest']],
	['servicecomb', ['authenticatedRequest', 'serviceCombToken']],
	['service comb', ['authenticatedRequest', 'serviceCombToken']],
	['service center', ['authenticatedRequest', 'serviceCombToken']],
	['huawei', ['authenticatedRequest', 'serviceCombToken', 'token']],
	['yesapi', ['authenticatedRequest', 'yesApiJwt']],
	['okayapi', ['authenticatedRequest', 'yesApiJwt']],
	['小白', ['authenticatedRequest', 'yesApiJwt']],
	['果创云', ['authenticatedRequest', 'yesApiJwt']],
	['oauth', ['authenticatedRequest', 'token']],
	['credential', ['authenticatedRequest', 'token']],
	['refresh token', ['authenticatedRequest', 'token']],
	['client credentials', ['authenticatedRequest', 'token']],
	['令牌', ['authenticatedRequest', 'token']],
	['登录', ['authenticatedRequest', 'token']],
	['鉴权', ['authenticatedRequest', 'token']],
	['飞书', ['authenticatedRequest', 'token']],
	['钉钉', ['authenticatedRequest', 'token']],
	['微信', ['authenticatedRequest', 'token']],
	['salesforce', ['authenticatedRequest', 'token']],
	['lark', ['authenticatedRequest', 'token']],
	['erpnext', ['authenticatedRequest', 'token']],
	['zabbix', ['authenticatedRequest', 'token']],
	['keycloak', ['authenticatedRequest', 'token']],
])('"%s" finds %j', (word, names) => {
	expect(foundBy(word)).toEqual(names);
});

/** Of aliases that begin with a word, n8n puts the one with the fewest further letters first. */
const further = (node: string, word: string) =>
	Math.min(
		...nodes
			.filter(({ description }) => description.name === node)
			.flatMap(({ codex }) => codex.alias)
			.filter((alias) => alias.toLowerCase().startsWith(word.toLowerCase()))
			.map((alias) => alias.length - word.length),
	);

test.each(Object.values(SERVICES).flatMap(({ name, zh }) => [name, ...(zh ? [zh] : [])]))(
	'by the name of %s, Authenticated Request is found first, and Token after it',
	(name) => {
		const word = name.replace(/ (\(|\/|\d).*$/, '');
		expect(further('authenticatedRequest', word)).toBeLessThan(further('token', word));
		expect(further('token', word)).toBeLessThan(Infinity);
	},
);

describe.each(nodes.map((one) => [one.description.name, one] as const))(
	'the codex of %s',
	(name, { description, codex }) => {
		test('is of that node', () => {
			expect(codex.node).toBe(`n8n-nodes-token-providers.${name}`);
		});

		test('links to the page of each credential it takes', () => {
			const taken = description.credentials?.map((credential) => credential.name) ?? [];
			const pages = publishedCredentials
				.filter((type) => taken.includes(type.name))
				.map(({ documentationUrl }) => documentationUrl);
			const linked = codex.resources.credentialDocumentation.map(({ url }) => url);
			expect(linked.sort()).toEqual(pages.sort());
			expect(codex.resources.primaryDocumentation).toHaveLength(1);
		});
	},
);
