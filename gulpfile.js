const { execFile } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const { basename, dirname } = require('node:path');
const { promisify } = require('node:util');

const { decode, encode } = require('@jridgewell/sourcemap-codec');
const esbuild = require('esbuild');
const gulp = require('gulp');

const { thirdPartyNotices, withoutFeeds } = require('./build/notices');

const { dest, parallel, series, src, watch } = gulp;
const { credentials, nodes } = require('./package.json').n8n;
const run = promisify(execFile);

const clean = async () => await rm('dist', { recursive: true, force: true });

async function checkTypes() {
	await run(process.execPath, [require.resolve('typescript/bin/tsc')]).catch(({ stdout }) => {
		throw new Error(stdout);
	});
}

/**
 * What is published, into a folder. Each file that n8n loads is whole, so that nothing has to be
 * installed beside it. They share the providers alone, as what these remember, the token source
 * above all, must exist once.
 */
function buildInto(folder) {
	async function bundle() {
		const inputs = await Promise.all([
			bundleFiles(folder, ['providers/index.ts'], [withoutProofs]),
			bundleFiles(folder, nodes.map(sourceOf), [
				requireProviders('../../providers/index.js'),
				withoutFeeds,
			]),
			bundleFiles(folder, credentials.map(sourceOf), [requireProviders('../providers/index.js')]),
			bundleFiles(folder, ['index.ts']),
		]);
		await writeFile(`${folder}/THIRD_PARTY_NOTICES.txt`, thirdPartyNotices(inputs.flat()));
	}

	const copyIconsAndCodex = () =>
		src('{credentials,nodes}/**/*.{svg,json}', { base: '.', encoding: false }).pipe(dest(folder));

	return parallel(bundle, copyIconsAndCodex);
}

const sourceOf = (built) => built.replace(/^dist\/(.*)\.js$/, '$1.ts');

/** Gives all files that the bundles were made from. */
async function bundleFiles(outdir, entryPoints, plugins = []) {
	const { metafile, outputFiles } = await esbuild.build({
		entryPoints,
		plugins,
		outdir,
		outbase: '.',
		bundle: true,
		platform: 'node',
		// jsonc-parser's main file requires its parts in a way that esbuild does not follow.
		mainFields: ['module', 'main'],
		target: 'node20',
		// Half of what is downloaded. The lines themselves stand at the tag of the version.
		minify: true,
		legalComments: 'none',
		external: ['n8n-workflow', '../package.json'],
		metafile: true,
		write: false,
		// n8n shows stack traces by these.
		sourcemap: 'external',
		sourcesContent: false,
		// Else a linked node_modules would put a path of this machine into what is built.
		preserveSymlinks: true,
	});
	const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
	for (const path of texts.keys()) {
		if (path.endsWith('.map')) continue;
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, `${texts.get(path)}//# sourceMappingURL=${basename(path)}.map\n`);
		await writeFile(`${path}.map`, linesOfOurs(texts.get(`${path}.map`)));
	}
	return Object.keys(metafile.inputs);
}

/** Libraries, and the forms of credentials and nodes: no stack trace of ours leads there. */
const NOT_TRACED = /node_modules\/|\/(credentials|descriptions)\//;

/** A source map that knows the lines of our own code: the rest and columns would be most of it. */
function linesOfOurs(text) {
	const map = JSON.parse(text);
	const sources = map.sources.filter((source) => !NOT_TRACED.test(source));
	const indexes = map.sources.map((source) => sources.indexOf(source));
	const mappings = decode(map.mappings).map((segments) => {
		let last;
		return segments.flatMap(([column, source, line]) => {
			const isFromOurs = indexes[source] >= 0;
			const place = isFromOurs ? `${source}:${line}` : 'elsewhere';
			if (place === last) return [];
			last = place;
			return [isFromOurs ? [column, indexes[source], line, 0] : [column]];
		});
	});
	return JSON.stringify({ ...map, names: [], sources, mappings: encode(mappings) });
}

/** Leaves the import of the providers, by any file of a node or credential, as a `require` of their bundle. */
const requireProviders = (path) => ({
	name: 'require-providers',
	setup({ onResolve }) {
		onResolve({ filter: /^(\.\.\/)+providers$/ }, () => ({ path, external: true }));
	},
});

/** Leaves out what only the tests read of a service. */
const withoutProofs = {
	name: 'without-proofs',
	setup({ onLoad }) {
		onLoad({ filter: /tokenApi\/services\/\w+\.json$/ }, ({ path }) => {
			const { proof, ...service } = JSON.parse(readFileSync(path, 'utf8'));
			return { contents: JSON.stringify(service), loader: 'json' };
		});
	},
};

/** Builds into a folder now and on each change, without a look at the types; calls `onBuilt`. */
exports.watchSources = (folder, onBuilt) => {
	// A source that is half written must not end this, and esbuild says what it does not understand.
	gulp.on('error', () => {});
	return watch(
		['{credentials,nodes,providers}/**'],
		{ ignoreInitial: false },
		series(buildInto(folder), onBuilt),
	);
};

exports.default = series(clean, parallel(checkTypes, buildInto('dist')));
