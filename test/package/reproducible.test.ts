import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../host/pack';
import { ROOT } from '../../host/step';

jest.setTimeout(180_000);

const MADE = ['node_modules', 'dist', '.cache', '.git', 'host', 'coverage'];

let copy = '';

beforeAll(() => {
	copy = join(mkdtempSync(join(tmpdir(), 'token-providers-')), 'somewhere else');
	const left = MADE.map((name) => join(ROOT, name));
	cpSync(ROOT, copy, { recursive: true, filter: (path) => !left.includes(path) });
	symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rmSync(join(copy, '..'), { recursive: true, force: true }));

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

function buildAndPack(folder: string): string {
	execFileSync('npm', ['run', 'build'], { cwd: folder });
	const output = execFileSync('npm', ['pack', '--json'], { cwd: folder, encoding: 'utf8' });
	const [packed] = JSON.parse(output) as Array<{ filename: string }>;
	return hashOf(join(folder, packed?.filename ?? ''));
}

test('two builds, in folders of other names, give the same tarball byte for byte', async () => {
	const { tarball } = await packPackage();
	expect(buildAndPack(copy)).toBe(hashOf(tarball));
});
