const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { promisify } = require('node:util');

const { build } = require('esbuild');
const { dest, series, src } = require('gulp');

const run = promisify(execFile);

const clean = async () => await rm('dist', { recursive: true, force: true });

async function compile() {
	await run(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json']).catch(
		({ stdout }) => {
			throw new Error(stdout);
		},
	);
}

/** One file, so that the state of its modules, the token source above all, exists once in a process. */
async function bundleProviders() {
	await rm('dist/providers', { recursive: true });
	await build({
		entryPoints: ['providers/index.ts'],
		outfile: 'dist/providers/index.js',
		bundle: true,
		platform: 'node',
		target: 'node20',
		external: ['n8n-workflow'],
		legalComments: 'inline',
	});
}

const copyIconsAndCodex = () =>
	src('nodes/**/*.{svg,json}', { encoding: false }).pipe(dest('dist/nodes'));

exports.default = series(clean, compile, bundleProviders, copyIconsAndCodex);
