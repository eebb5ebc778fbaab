/**
 * Prints what the changelog of the package that a tag releases says of its version:
 * `node .github/releaseNotes.mjs <tag>`.
 */
import { releasedPackage } from './releasedPackage.mjs';

const [tag = ''] = process.argv.slice(2);
const { read, tagOf } = releasedPackage(tag);
const { version } = JSON.parse(read('package.json'));
const section = read('CHANGELOG.md')
	.split(/^## /m)
	.find((part) => part.startsWith(`[${version}]`));
const notes = section?.split('\n').slice(1).join('\n').trim();

if (tag !== tagOf(version)) {
	console.error(`The tag is "${tag}", and the version in package.json is "${version}".`);
	process.exitCode = 1;
} else if (!notes) {
	console.error(`CHANGELOG.md has nothing under "## [${version}]".`);
	process.exitCode = 1;
} else {
	console.log(notes);
}
