/** Copies the documents of the repository into `pages`, from where the site is built. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const from = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const to = (path) => fileURLToPath(new URL(`pages/${path}`, import.meta.url));

rmSync(to(''), { recursive: true, force: true });
mkdirSync(to(''));
for (const path of [
	'README.md',
	'CONTRIBUTING.md',
	'CODE_OF_CONDUCT.md',
	'SECURITY.md',
	'CHANGELOG.md',
	'docs',
	'examples/README.md',
	...['servicecomb', 'maxus', 'yesapi', 'agent-auth'].map(
		(vendor) => `packages/${vendor}/README.md`,
	),
]) {
	cpSync(from(path), to(path), { recursive: true });
}
