'use strict';

const { cp, mkdir, rm, writeFile } = require('node:fs/promises');
const { readFileSync, readdirSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');

const esbuild = require('esbuild');

const { thirdPartyNotices, withoutFeeds } = require('./notices');

const ROOT = join(__dirname, '..');

/**
 * Builds the package of one vendor, in `packages/<vendor>`, into its `dist`: the node, the credential, and
 * `shared.js` with what both of them use, so that they share one memory of tokens and limits. The lines are
 * not minified, because n8n's reviewers read them.
 *
 * @param {string} folder e.g. `packages/maxus`
 */
async function buildVendorPackage(folder) {
	const { n8n } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const dist = join(folder, 'dist');
	await rm(dist, { recursive: true, force: true });
	const inputs = await bundle(
		folder,
		[...n8n.nodes, ...n8n.credentials].map((built) =>
			join(folder, built.replace(/^dist\/(.*)\.js$/, '$1.ts')),
		),
	);
	await writeFile(join(dist, 'THIRD_PARTY_NOTICES.txt'), thirdPartyNotices(inputs));
	for (const file of readdirSync(join(folder, 'nodes'), { recursive: true, encoding: 'utf8' })) {
		if (!/\.(svg|json)$/.test(file)) continue;
		await cp(join(folder, 'nodes', file), join(dist, 'nodes', file));
	}
}

/** Gives all files that the package was made from. */
async function bundle(folder, entryPoints) {
	const { metafile, outputFiles } = await esbuild.build({
		absWorkingDir: ROOT,
		entryPoints: entryPoints.map((path) => relative(ROOT, path)),
		outbase: relative(ROOT, folder),
		outdir: join(relative(ROOT, folder), 'dist'),
		plugins: [withoutSideEffects, withoutFeeds],
		bundle: true,
		// esbuild shares code between files of ES modules only; they become what n8n requires below.
		format: 'esm',
		splitting: true,
		chunkNames: 'shared',
		platform: 'node',
		mainFields: ['module', 'main'],
		target: 'node20',
		legalComments: 'none',
		external: ['n8n-workflow'],
		metafile: true,
		write: false,
		preserveSymlinks: true,
	});
	for (const { path, text } of outputFiles) {
		const { code } = await esbuild.transform(text, { format: 'cjs', target: 'node20' });
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, code);
	}
	return Object.keys(metafile.inputs).map((path) => join(ROOT, path));
}

/** Has what a package does not use, above all the other vendors, left out of it. */
const withoutSideEffects = {
	name: 'without-side-effects',
	setup({ onResolve, resolve }) {
		onResolve({ filter: /^\.{1,2}\// }, async ({ path, pluginData, ...options }) => {
			if (pluginData === 'resolved' || options.importer.includes('node_modules')) return undefined;
			const result = await resolve(path, { ...options, pluginData: 'resolved' });
			return { ...result, sideEffects: false };
		});
	},
};

module.exports = { buildVendorPackage };

if (require.main === module) {
	buildVendorPackage(process.cwd()).catch((error) => {
		console.error(error);
		process.exitCode = 1;
	});
}
