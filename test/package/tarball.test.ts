import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { packPackage } from '../../host/pack';
import { ROOT } from '../../host/step';
import { unpack } from './unpack';

interface Manifest {
	dependencies?: object;
	overrides?: object;
	scripts?: Record<string, string>;
	peerDependencies: object;
	n8n: { nodes: string[]; credentials: string[] };
}

let tarball = '';
let folder = '';
let manifest: Manifest;

beforeAll(async () => {
	// Builds and packs the package, unless that is done already.
	({ tarball } = await packPackage());
	folder = unpack(tarball);
	manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
});

afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

/** The paths below `dist` of what was built. */
function builtFiles(ending: string): string[] {
	const files = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' });
	return files.filter((file) => file.endsWith(ending)).sort();
}

function requiredBy(file: string): string[] {
	const text = readFileSync(join(folder, 'dist', file), 'utf8');
	return [...text.matchAll(/\brequire\("([^"]*)"\)/g)].map(([, path = '']) => path);
}

/** The files of ours that a bundle was made from, as paths in the repository. */
function sourcesOf(file: string): string[] {
	const map = JSON.parse(readFileSync(join(folder, 'dist', `${file}.map`), 'utf8')) as {
		sources: string[];
	};
	return map.sources.map((source) => join('dist', dirname(file), source));
}

/** The packages of npm that what is published imports, and those that these need. */
function bundledPackages(): Set<string> {
	const folders = ['credentials', 'nodes', 'providers'];
	const sources = folders
		.flatMap((name) =>
			readdirSync(join(ROOT, name), { recursive: true, encoding: 'utf8' }).map((file) =>
				join(ROOT, name, file),
			),
		)
		.filter((file) => file.endsWith('.ts'));
	const imported = sources.flatMap((file) =>
		[
			...readFileSync(file, 'utf8').matchAll(/^(?:import|export|\}) .*?from '([^.'][^':]*)';$/gm),
		].map(([, path = '']) => path),
	);
	const names = new Set<string>();
	const add = (path: string) => {
		const name = /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? '';
		if (name === 'n8n-workflow' || names.has(name)) return;
		names.add(name);
		Object.keys(manifestOf(name).dependencies ?? {}).forEach(add);
	};
	imported.forEach(add);
	return names;
}

function manifestOf(name: string) {
	const text = readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
	return JSON.parse(text) as { version: string; dependencies?: Record<string, string> };
}

const isOfProviders = (source: string) => source.startsWith('providers/');

/** What a new Node.js prints that finds nothing but n8n-workflow beside the package, as in n8n. */
function evaluate(code: string): unknown {
	const output = execFileSync(process.execPath, ['-e', `console.log(JSON.stringify(${code}))`], {
		cwd: folder,
		env: { NODE_PATH: join(ROOT, 'node_modules') },
	});
	return JSON.parse(output.toString());
}

test('needs nothing but what n8n gives it, and runs nothing when it is installed', () => {
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.overrides).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
	expect(Object.keys(manifest.scripts ?? {}).filter((name) => hooks.includes(name))).toEqual([]);
});

test('requires no module but n8n-workflow and the crypto of Node.js', () => {
	const required = builtFiles('.js')
		.flatMap(requiredBy)
		.filter((path) => !path.startsWith('.'));
	expect([...new Set(required)].sort()).toEqual(['n8n-workflow', 'node:crypto']);
});

test('loads in an empty folder: every node and credential by the name users have saved', () => {
	const names = evaluate(
		`[...require('./package.json').n8n.nodes, ...require('./package.json').n8n.credentials].map(
			(path) => {
				const [exported] = Object.values(require('./' + path));
				const instance = new exported();
				return instance.description?.name ?? instance.name;
			},
		)`,
	);
	const saved = [
		'authenticatedRequest',
		'maxusToken',
		'agentAuth',
		'serviceCombToken',
		'yesApiJwt',
		'token',
		'maxusApi',
		'agentAuthApi',
		'serviceCombApi',
		'yesApi',
		'tokenApi',
	];
	expect(names).toEqual(expect.arrayContaining(saved));
});

test('exports all of them from its main file', () => {
	const { nodes, credentials } = manifest.n8n;
	const classes = [...nodes, ...credentials].map((path) => /([^/]+)\.\w+\.js$/.exec(path)?.[1]);
	expect((evaluate(`Object.keys(require('.'))`) as string[]).sort()).toEqual(classes.sort());
});

test('holds every icon that a node or credential names, light and dark', () => {
	const missing = evaluate(
		`[...require('./package.json').n8n.nodes, ...require('./package.json').n8n.credentials].flatMap(
			(path) => {
				const instance = new (Object.values(require('./' + path))[0])();
				const { light, dark } = (instance.description ?? instance).icon;
				const folder = require('path').dirname(path);
				return [light, dark]
					.map((icon) => require('path').join(folder, icon.replace('file:', '')))
					.filter((icon) => !require('fs').existsSync(icon));
			},
		)`,
	);
	expect(missing).toEqual([]);
});

test('keeps what providers remember in one module, whoever requires it', () => {
	expect(readdirSync(join(folder, 'dist', 'providers'))).toEqual(['index.js', 'index.js.map']);
	const nodesAndCredentials = builtFiles('.js').filter((file) =>
		/^(nodes|credentials)\//.test(file),
	);
	expect(nodesAndCredentials.map((file) => [file, requiredBy(file)])).toEqual(
		nodesAndCredentials.map((file) => [
			file,
			expect.arrayContaining([expect.stringMatching(/^(\.\.\/)+providers\/index\.js$/)]),
		]),
	);
	const copies = nodesAndCredentials.filter((file) =>
		sourcesOf(file).some((source) => isOfProviders(source)),
	);
	expect(copies).toEqual([]);
});

test('holds the licence of each package that is bundled, whole', () => {
	const notices = readFileSync(join(folder, 'dist', 'THIRD_PARTY_NOTICES.txt'), 'utf8');
	const bundled = bundledPackages();
	expect([...bundled]).toEqual(expect.arrayContaining(['jose', '@noble/ciphers', 'htmlparser2']));
	for (const name of bundled) {
		const { version } = manifestOf(name);
		expect(notices).toContain(`\n${name} ${version} (`);
		const files = readdirSync(join(ROOT, 'node_modules', name));
		const licence = files.find((file) => /^licen[cs]e/i.test(file)) ?? '';
		expect(notices).toContain(
			readFileSync(join(ROOT, 'node_modules', name, licence), 'utf8').trim(),
		);
	}
});

test('leads from a line of a stack trace to the line that was written', () => {
	const code = `new (require('.').YesApiJwt)().execute.call({}).catch(({ stack }) => console.log(stack))`;
	const stack = execFileSync(process.execPath, ['--enable-source-maps', '-e', code], {
		cwd: folder,
		env: { NODE_PATH: join(ROOT, 'node_modules') },
		encoding: 'utf8',
	});
	const [, file = '', line = ''] =
		/\((?:.*\/package)?\/?(nodes\/.*?\.ts):(\d+):\d+\)/.exec(stack) ?? [];
	const written = readFileSync(join(ROOT, file), 'utf8').split('\n')[Number(line) - 1];
	expect(written).toContain("this.getNodeParameter('operation', 0)");
});

test('is small', () => {
	expect(statSync(tarball).size).toBeLessThan(250_000);
});

test('passes the checks that n8n runs on community packages', () => {
	const { status, stderr } = spawnSync(
		process.execPath,
		[join(__dirname, 'scan.mjs'), folder, ROOT],
		// Under jest's NODE_ENV the linter's rules take every file for one of their own tests.
		{ cwd: ROOT, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
	);
	expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
