import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { ROOT } from '../../host/step';
import { unpackPackage } from './unpack';

// The package is built and packed first, unless that is done already.
jest.setTimeout(120_000);

interface Manifest {
	dependencies?: object;
	overrides?: object;
	scripts?: Record<string, string>;
	peerDependencies: object;
	n8n: { nodes: string[]; credentials: string[] };
}

let folder = '';
let manifest: Manifest;

beforeAll(async () => {
	folder = await unpackPackage();
	manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
});

afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

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
	const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'prepack'];
	expect(Object.keys(manifest.scripts ?? {}).filter((name) => hooks.includes(name))).toEqual([]);
});

test('requires no module but n8n-workflow and the crypto of Node.js', () => {
	const required = new Set(
		readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) => [
				...readFileSync(join(folder, 'dist', file), 'utf8').matchAll(
					/\brequire\("([^."][^"]*)"\)/g,
				),
			])
			.map(([, name]) => name),
	);
	expect([...required].sort()).toEqual(['n8n-workflow', 'node:crypto']);
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
	expect(names).toEqual([
		'authenticatedRequest',
		'maxusToken',
		'agentAuth',
		'serviceCombToken',
		'yesApiJwt',
		'maxusApi',
		'agentAuthApi',
		'serviceCombApi',
		'yesApi',
	]);
});

test('exports all of them from its main file', () => {
	expect((evaluate(`Object.keys(require('.'))`) as string[]).sort()).toEqual([
		'AgentAuth',
		'AgentAuthApi',
		'AuthenticatedRequest',
		'MaxusApi',
		'MaxusToken',
		'ServiceCombApi',
		'ServiceCombToken',
		'YesApi',
		'YesApiJwt',
	]);
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
	expect(readdirSync(join(folder, 'dist', 'providers'))).toEqual(['index.js']);
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
