/**
 * Whether npm knows a vulnerability of a library that the build puts into the package. `npm audit --omit=dev`
 * looks at none of them: what is bundled is a development dependency. Run after the build.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const notices = readFileSync(new URL('../dist/THIRD_PARTY_NOTICES.txt', import.meta.url), 'utf8');
const bundled = [...notices.matchAll(/^={80}\n(\S+) \S+ \(/gm)].map(([, name]) => name);

const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8' });
const { vulnerabilities, message } = JSON.parse(stdout || '{}');

if (bundled.length === 0 || !vulnerabilities) {
	console.error(`npm did not say what it knows: ${message ?? 'no report'}`);
	process.exitCode = 1;
} else {
	const found = bundled.filter((name) => name in vulnerabilities);
	for (const name of found) {
		console.error(`${name} has a ${vulnerabilities[name].severity} vulnerability: npm audit`);
	}
	if (found.length > 0) process.exitCode = 1;
	else console.log(`npm knows no vulnerability of ${bundled.join(', ')}.`);
}
