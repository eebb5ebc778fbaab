import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../../..');

it('the list of services and the page about them are as the files say', () => {
	const check = () =>
		execFileSync(process.execPath, ['.github/services.mjs', '--check'], {
			cwd: ROOT,
			stdio: ['ignore', 'ignore', 'pipe'],
		});
	expect(check).not.toThrow();
});
