const { execFile } = require('node:child_process');
const { readdirSync, readFileSync } = require('node:fs');
const { rm, writeFile } = require('node:fs/promises');
const { promisify } = require('node:util');

const esbuild = require('esbuild');
const gulp = require('gulp');

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
			bundleFiles(folder, ['providers/index.ts']),
			bundleFiles(folder, nodes.map(sourceOf), [
				requireAs('../../providers/index.js', /^(\.\.\/)+providers$/),
			]),
			bundleFiles(folder, credentials.map(sourceOf), [
				requireAs('../providers/index.js', /^\.\.\/providers$/),
			]),
			bundleFiles(folder, ['index.ts'], [requireAs('$&.js', /^\.\/(credentials|nodes)\/.*/)]),
		]);
		await writeFile(`${folder}/THIRD_PARTY_NOTICES.txt`, thirdPartyNotices(inputs.flat()));
	}

	const copyIconsAndCodex = () =>
		src('nodes/**/*.{svg,json}', { encoding: false }).pipe(dest(`${folder}/nodes`));

	return parallel(bundle, copyIconsAndCodex);
}

const sourceOf = (built) => built.replace(/^dist\/(.*)\.js$/, '$1.ts');

/** Gives all files that the bundles were made from. */
async function bundleFiles(outdir, entryPoints, plugins = []) {
	const { metafile } = await esbuild.build({
		entryPoints,
		plugins,
		outdir,
		outbase: '.',
		bundle: true,
		platform: 'node',
		target: 'node20',
		external: ['n8n-workflow'],
		metafile: true,
		// n8n shows stack traces by these. The lines themselves would double what is downloaded.
		sourcemap: 'linked',
		sourcesContent: false,
		// Else a linked node_modules would put a path of this machine into what is built.
		preserveSymlinks: true,
	});
	return Object.keys(metafile.inputs);
}

/** Leaves imports that match as a `require` of another built file. */
const requireAs = (path, filter) => ({
	name: 'require-as',
	setup({ onResolve }) {
		onResolve({ filter }, (imported) =>
			imported.kind === 'entry-point'
				? undefined
				: { path: imported.path.replace(filter, path), external: true },
		);
	},
});

/** The licence of each package that one of these files belongs to, whole. */
function thirdPartyNotices(files) {
	const folders = new Set(
		files.flatMap((file) => file.match(/.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? []),
	);
	return [...folders].sort().map(noticeOf).join('\n');
}

function noticeOf(folder) {
	const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
	const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
	if (!file) throw new Error(`${name} has no licence to pass on`);
	const text = readFileSync(`${folder}/${file}`, 'utf8').trim();
	return `${'='.repeat(80)}\n${name} ${version} (${license})\n${'='.repeat(80)}\n\n${text}\n`;
}

/** Builds into a folder now and on each change, without a look at the types; calls `onBuilt`. */
exports.watchSources = (folder, onBuilt) => {
	// A source that is half written must not end this, and esbuild says what it does not understand.
	gulp.on('error', () => {});
	return watch(
		['{credentials,nodes,providers}/**', 'index.ts'],
		{ ignoreInitial: false },
		series(buildInto(folder), onBuilt),
	);
};

exports.default = series(clean, parallel(checkTypes, buildInto('dist')));
