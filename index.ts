// As seen from what is built of this, dist/index.js. esbuild takes a template in `require` for a pattern.
const ROOT = '../';
const { n8n } = module.require('../package.json') as {
	n8n: Record<'credentials' | 'nodes', string[]>;
};
const files = [...n8n.credentials, ...n8n.nodes].map((file) => ROOT.concat(file));

/** Every credential type and every node that package.json names, by the name of its class. */
export = Object.assign({}, ...files.map((file) => module.require(file) as object)) as object;
