import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { packPackage } from '../../host/pack';
import { ROOT } from '../../host/step';

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

test('nothing can be packed before it is built', () => {
	const pack = () => execFileSync('npm', ['pack'], { cwd: copy, stdio: 'pipe' });
	expect(pack).toThrow(/ENOENT: no such file or directory, open '.*dist/);
});

test('two builds, in folders of other names, give the same tarball byte for byte', async () => {
	const { tarball } = await packPackage();
	execFileSync('npm', ['run', 'build'], { cwd: copy });
	execFileSync('npm', ['pack'], { cwd: copy });
	expect(hashOf(join(copy, 'dist', basename(tarball)))).toBe(hashOf(tarball));
});
