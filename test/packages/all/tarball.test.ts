import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rmSync } from 'node:fs';

import { packVendorPackage } from '../../../host/packages/pack';
import { ROOT } from '../../../host/step';
import { unpack } from '../../package/unpack';
import { loadedPackages } from '../vendors';

describe.each(loadedPackages)('%s', (_folder, one) => {
	let tarball = '';
	let folder = '';

	beforeAll(async () => {
		({ tarball } = await packVendorPackage(one));
		folder = unpack(tarball);
	}, 120_000);

	afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

	const files = () => readdirSync(folder, { recursive: true, encoding: 'utf8' });
	const read = (file: string) => readFileSync(join(folder, file), 'utf8');
	const scripts = () => files().filter((file) => file.endsWith('.js'));
	const requiredBy = (file: string) =>
		[...read(file).matchAll(/\brequire\("([^"]*)"\)/g)].map(([, path = '']) => path);

	test('holds what n8n loads, and nothing that serves development', () => {
		const { nodes, credentials } = one.manifest.n8n;
		expect(scripts().sort()).toEqual([...nodes, ...credentials, 'dist/shared.js'].sort());
		expect(files()).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'package.json']));
		expect(files().filter((file) => /\.ts$|test|sandbox|node_modules/.test(file))).toEqual([]);
		expect(statSync(tarball).size).toBeLessThan(200_000);
	});

	test('node and credential share one memory of tokens and limits', () => {
		const { nodes, credentials } = one.manifest.n8n;
		for (const file of [...nodes, ...credentials]) {
			expect(requiredBy(file)).toEqual(
				expect.arrayContaining([expect.stringMatching(/^(\.\.\/)+shared\.js$/)]),
			);
			expect(read(file)).not.toContain('new TokenSource(');
		}
		expect(read('dist/shared.js')).toContain('new TokenSource(');
	});

	test('requires no module but n8n-workflow and the crypto of Node.js', () => {
		const modules = scripts()
			.flatMap(requiredBy)
			.filter((path) => !path.startsWith('.'));
		expect([...new Set(modules)].sort()).toEqual(['n8n-workflow', 'node:crypto']);
	});

	test('can be read: its lines are those that were written, and no other vendor is in it', () => {
		const text = scripts().map(read).join('\n');
		const lines = text.split('\n');
		expect(lines.length).toBeGreaterThan(1000);
		expect(text).toContain('async function runOperation(');
		const others = loadedPackages
			.map(([, { node }]) => node.description.name)
			.filter((name) => name !== one.node.description.name);
		for (const name of others) expect(text).not.toContain(`var ${name} = `);
	});

	test('loads in an empty folder', () => {
		const { nodes, credentials } = one.manifest.n8n;
		const paths = JSON.stringify([...nodes, ...credentials]);
		const code = `console.log(JSON.stringify(${paths}.map((path) => {
			const one = new (Object.values(require('./' + path))[0])();
			return one.description?.name ?? one.name;
		})))`;
		const output = execFileSync(process.execPath, ['-e', code], {
			cwd: folder,
			env: { NODE_PATH: join(ROOT, 'node_modules') },
			encoding: 'utf8',
		});
		expect(JSON.parse(output)).toEqual([one.node.description.name, one.credential.name]);
	});

	test('holds its icons and its codex', () => {
		const { icon } = one.node.description as { icon: { light: string; dark: string } };
		const nodeFolder = dirname(one.manifest.n8n.nodes[0] ?? '');
		for (const file of [icon.light, icon.dark]) {
			expect(files()).toContain(join(nodeFolder, file.replace('file:', '')));
		}
		expect(files()).toContain((one.manifest.n8n.nodes[0] ?? '').replace(/js$/, 'json'));
	});

	test('holds the licence of what is bundled', () => {
		expect(read('dist/THIRD_PARTY_NOTICES.txt')).toMatch(/^={80}\n\S+ [\d.]+ \(\S+\)\n={80}$/m);
	});
});
