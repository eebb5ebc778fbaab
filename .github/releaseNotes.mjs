/** Prints what CHANGELOG.md says of the version that is released: `node .github/releaseNotes.mjs <tag>`. */
import { readFileSync } from 'node:fs';

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const [tag = ''] = process.argv.slice(2);
const { version } = JSON.parse(read('package.json'));
const section = read('CHANGELOG.md')
	.split(/^## /m)
	.find((part) => part.startsWith(`[${version}]`));
const notes = section?.split('\n').slice(1).join('\n').trim();

if (tag !== version) {
	console.error(`The tag is "${tag}", and the version in package.json is "${version}".`);
	process.exitCode = 1;
} else if (!notes) {
	console.error(`CHANGELOG.md has nothing under "## [${version}]".`);
	process.exitCode = 1;
} else {
	console.log(notes);
}
