/**
 * Writes what follows from the services of the Token API credential: the list that the code reads, the page about
 * them, and the words by which n8n's panel finds the nodes. `--check` writes nothing, and says whether they are as
 * they should be.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const FOLDER = 'providers/vendors/tokenApi/services';

const services = readdirSync(FOLDER)
	.filter((name) => name.endsWith('.json'))
	.map((name) => [name.replace('.json', ''), JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8'))])
	.sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));

const list = (value) => [value ?? []].flat();

const LIST = [
	'// Written by `npm run services`, a line for each file.',
	...services.map(([name]) => `export { default as ${name} } from './${name}.json';`),
	'',
].join('\n');

/** Where calls carry the token. */
function sentIn({ send, keepCookies }) {
	const placements = list(
		send ?? (keepCookies ? [] : { header: 'Authorization', value: 'Bearer' }),
	);
	const places = placements.map(({ header, query, cookie, json, form, path, basic, value }) => {
		if (header === 'Authorization') return value.replace(/ ?\{\{.*/, '') || 'Authorization';
		if (header) return `header \`${header}\``;
		if (query) return `query \`${query}\``;
		if (cookie) return /\{\{/.test(cookie) ? 'a cookie' : `cookie \`${cookie}\``;
		if (json) return `field \`${json}\` of the body`;
		if (form) return `field \`${form}\` of the form`;
		return basic ? 'Basic Auth' : `the path (${path})`;
	});
	return [...(keepCookies ? ['cookies of the login'] : []), ...places].join(', ');
}

function lineOf({ name, zh, values = {}, documentation, ...rest }) {
	const asked = Object.values(values).map(({ label }) => label);
	const pages = list(documentation).map(({ url, read }) => `[read ${read}](${url})`);
	const title = zh === undefined ? name : `${name} (${zh})`;
	return `- **${title}**: ${asked.join(', ')}. Sent as ${sentIn(rest)}. Documentation: ${pages.join(', ')}.`;
}

const byName = ([, a], [, b]) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);

const groups = [...new Set(services.map(([, { group }]) => group ?? 'Others'))].sort();

/** Services that people ask for, and why each has no file. */
const LEFT_OUT = [
	[
		'Ghost, CrowdStrike, Databricks, HaloPSA, Bitwarden',
		"n8n's own credential logs in, and its _HTTP Request_ node takes it.",
	],
	[
		'Grafana, Jenkins, Rundeck, OctoPrint, TrueNAS, NetBox',
		"they have a key or a token of their own, which needs no login. Use n8n's own credential, or its _Header Auth_.",
	],
	['Hikvision, Dahua, Shelly', "they want Digest: use n8n's own _Digest Auth_."],
	[
		'Tuya, Taobao, JD',
		'they want each call signed over its content, which a description cannot say.',
	],
	['Laravel Sanctum, FastAPI', 'the application itself chooses the login: use _Custom_.'],
	[
		'Kingdee, Yonyou, Kuaishou, Appwrite, eWeLink',
		'nobody has read their own pages yet. _Own Description_ takes what you know; [hand it in](../CONTRIBUTING.md#add-a-service).',
	],
];

const PAGE = [
	'# Services known by name',
	'',
	'Choose one under _Service_ of a [Token API](token-api.md) credential, and fill in what it asks for. Each was described from the',
	'pages that stand beside it, and its file below `providers/vendors/tokenApi/services` holds what these print: a test runs',
	'every one of them. [How to add one](../CONTRIBUTING.md#add-a-service). This page is written by `npm run services`.',
	...groups.flatMap((group) => [
		'',
		`## ${group}`,
		'',
		...services
			.filter(([, service]) => (service.group ?? 'Others') === group)
			.sort(byName)
			.map(([, service]) => lineOf(service)),
	]),
	'',
	'## What is not in the list',
	'',
	...LEFT_OUT.map(([services, why]) => `- **${services}**: ${why}`),
	'',
].join('\n');

/** The names of a service without versions and ways to log in: "Feishu / Lark" has two. */
const namesOf = ({ name, zh }) => [
	...name
		.replace(/ \(.*\)$/, '')
		.split(' / ')
		.map((one) => one.replace(/ \d.*$/, '')),
	...list(zh),
];

/** After this one stand the aliases that follow from the services. */
const LAST_OWN_ALIAS = 'Token API';

/** The codex of a node, with `aliases` behind its own. */
function codex(node, aliases) {
	const path = `nodes/${node}/${node}.node.json`;
	const text = readFileSync(path, 'utf8');
	const { alias } = JSON.parse(text);
	const own = alias.slice(0, alias.indexOf(LAST_OWN_ALIAS) + 1);
	const lines = [...own, ...new Set(aliases)].map((one) => `\t\t${JSON.stringify(one)}`);
	const written = text.replace(
		/"alias": \[[^\]]*\]/,
		() => `"alias": [\n${lines.join(',\n')}\n\t]`,
	);
	return { [path]: written };
}

const names = services.flatMap(([, service]) => namesOf(service));

/** n8n puts the shorter alias first: by the name of a service, Authenticated Request stands before Token. */
const files = {
	[`${FOLDER}/files.ts`]: LIST,
	'docs/services.md': PAGE,
	...codex('AuthenticatedRequest', names),
	...codex(
		'Token',
		names.map((name) => `${name} token`),
	),
};

for (const [path, text] of Object.entries(files)) {
	if (!process.argv.includes('--check')) writeFileSync(path, text);
	else if (readFileSync(path, 'utf8') !== text) {
		console.error(`${path} is not as the services say: run "npm run services".`);
		process.exitCode = 1;
	}
}
