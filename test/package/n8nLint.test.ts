import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ROOT } from '../../host/step';

/** What the package is made from; the rest of the checkout serves development, and is never published. */
const SOURCES = [
	...['credentials', 'nodes', 'providers'],
	...['package.json', 'tsconfig.json', 'eslint.config.mjs', '.npmrc', 'package-lock.json'],
];

let copy = '';

beforeAll(() => {
	copy = mkdtempSync(join(tmpdir(), 'token-providers-'));
	for (const path of SOURCES) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
	symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('n8n-node lint finds nothing in the sources, with its own configuration in strict mode', () => {
	// Under jest's NODE_ENV the linter's rules take every file for one of their own tests.
	const env = { ...process.env, NODE_ENV: 'production' };
	const output = execFileSync('npx', ['n8n-node', 'lint'], { cwd: copy, env, encoding: 'utf8' });
	expect(output).not.toMatch(/error|warning|violation/i);
});
