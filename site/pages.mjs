/** Copies the documents of the repository into `pages`, from where the site is built. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const from = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const to = (path) => fileURLToPath(new URL(`pages/${path}`, import.meta.url));

rmSync(to(''), { recursive: true, force: true });
mkdirSync(to(''));
for (const path of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'docs']) {
	cpSync(from(path), to(path), { recursive: true });
}
cpSync(from('examples/README.md'), to('examples/README.md'));
