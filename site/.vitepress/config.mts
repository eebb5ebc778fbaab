import { defineConfig } from 'vitepress';
import { withMermaid } from 'vitepress-plugin-mermaid';

import { linkTo } from './links.mts';

const REPOSITORY = 'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers';

/** Words of English and of Chinese, which has no spaces between them. The function runs in browsers, too. */
function tokenize(text: string): string[] {
	const words = new Intl.Segmenter('zh-CN', { granularity: 'word' }).segment(text);
	return Array.from(words)
		.filter(({ isWordLike }) => isWordLike)
		.map(({ segment }) => segment);
}

const page = (text: string, link: string) => ({ text, link });

const START = [
	page('Start', '/'),
	page('Authenticated Request', '/docs/authenticated-request'),
	page('Credentials', '/docs/credentials'),
	page('Token nodes', '/docs/nodes'),
	page('Examples', '/examples/'),
	page('From HTTP Request to one node', '/docs/from-http-request'),
	page('Troubleshooting', '/docs/troubleshooting'),
	page('Which package do I need?', '/docs/which-package'),
];

const SERVICES = [
	page('Maxus', '/docs/vendors/maxus'),
	page('Agent Auth', '/docs/vendors/agent-auth'),
	page('ServiceComb', '/docs/vendors/service-comb'),
	page('YesApi', '/docs/vendors/yes-api'),
	page('Token API: any other service', '/docs/token-api'),
	page('Known services', '/docs/services'),
];

const BACKGROUND = [
	page('For operators', '/docs/operators'),
	page('Reliability', '/docs/reliability'),
	page('Compared with HTTP Request', '/docs/http-request-parity'),
	page("The vendors' documents", '/docs/vendor-statements'),
	page("n8n's guidelines", '/docs/verification'),
	page('Architecture', '/docs/architecture'),
	page('Contributing', '/CONTRIBUTING'),
	page('Releasing', '/docs/releasing'),
	page('Security', '/SECURITY'),
	page('Changelog', '/CHANGELOG'),
];

const CHINESE = [
	page('开始', '/docs/README.zh-CN'),
	page('Authenticated Request', '/docs/authenticated-request.zh-CN'),
	page('YesApi', '/docs/vendors/yes-api.zh-CN'),
	page('Token API', '/docs/token-api.zh-CN'),
	page('故障排查', '/docs/troubleshooting.zh-CN'),
];

/** The documents of the repository, as they are, as a site. */
export default withMermaid(
	defineConfig({
		title: 'Token Providers for n8n',
		description: 'Nodes and credentials for n8n that put a valid token on every call',
		base: process.env['SITE_BASE'] ?? '/',
		srcDir: 'pages',
		rewrites: { 'README.md': 'index.md', 'examples/README.md': 'examples/index.md' },
		cleanUrls: true,
		// Text as SVG has the size that the boxes are made for.
		mermaid: { flowchart: { htmlLabels: false } },
		lastUpdated: false,
		markdown: {
			config(md) {
				md.core.ruler.push('links', ({ tokens, env }) => {
					for (const token of tokens.flatMap(({ children }) => children ?? [])) {
						// Else the site would fill in what a template of ours stands for.
						if (token.type === 'code_inline') token.attrSet('v-pre', '');
						const href = token.attrGet('href');
						if (href !== null) token.attrSet('href', linkTo(href, env.relativePath, REPOSITORY));
					}
				});
			},
		},
		themeConfig: {
			search: {
				provider: 'local',
				options: { miniSearch: { options: { tokenize } } },
			},
			nav: [
				page('Start', '/'),
				page('Troubleshooting', '/docs/troubleshooting'),
				page('中文', '/docs/README.zh-CN'),
			],
			sidebar: [
				{ text: 'Use it', items: START },
				{ text: 'Services', items: SERVICES },
				{ text: 'Background', collapsed: true, items: BACKGROUND },
				{ text: '中文', items: CHINESE },
			],
			outline: [2, 3],
			socialLinks: [{ icon: 'github', link: REPOSITORY }],
		},
	}),
);
