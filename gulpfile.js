const { execFile } = require('node:child_process');
const { readdirSync, readFileSync } = require('node:fs');
const { rm, writeFile } = require('node:fs/promises');
const { promisify } = require('node:util');

const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const { credentials, nodes } = require('./package.json').n8n;
const run = promisify(execFile);

const clean = async () => await rm('dist', { recursive: true, force: true });

async function checkTypes() {
	await run(process.execPath, [require.resolve('typescript/bin/tsc')]).catch(({ stdout }) => {
		throw new Error(stdout);
	});
}

/**
 * Makes each file that n8n loads whole, so that nothing has to be installed beside it. They share
 * the providers alone, as what these remember, the token source above all, must exist once.
 */
async function bundle() {
	const bundled = await Promise.all([
		bundleFiles(['providers/index.ts']),
		bundleFiles(nodes.map(sourceOf), requireAs('../../providers/index.js', /^(\.\.\/)+providers$/)),
		bundleFiles(credentials.map(sourceOf), requireAs('../providers/index.js', /^\.\.\/providers$/)),
		bundleFiles(['index.ts'], requireAs('$&.js', /^\.\/(credentials|nodes)\/.*/)),
	]);
	const files = bundled.flatMap(({ metafile }) => Object.keys(metafile.inputs));
	await writeFile('dist/THIRD_PARTY_NOTICES.txt', thirdPartyNotices(files));
}

const sourceOf = (built) => built.replace(/^dist\/(.*)\.js$/, '$1.ts');

const bundleFiles = (entryPoints, ...plugins) =>
	esbuild.build({
		entryPoints,
		plugins,
		outdir: 'dist',
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

const copyIconsAndCodex = () =>
	src('nodes/**/*.{svg,json}', { encoding: false }).pipe(dest('dist/nodes'));

exports.default = series(clean, parallel(checkTypes, bundle, copyIconsAndCodex));
