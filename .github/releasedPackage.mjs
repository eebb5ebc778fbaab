import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Which package a tag releases: `1.2.0` the one in the root, `maxus-v1.2.0` the one in `packages/maxus`.
 *
 * @param {string} tag
 * @returns {{ folder: string, read: (path: string) => string, tagOf: (version: string) => string }} its folder, with a
 * slash at the end, how to read one of its files, and how the tag of a version is written
 */
export function releasedPackage(tag) {
	const [, name] = /^(.+)-v\d/.exec(tag) ?? [];
	const isVendors = name !== undefined && existsSync(urlOf(`packages/${name}/package.json`));
	const folder = isVendors ? `packages/${name}/` : './';
	return {
		folder: fileURLToPath(urlOf(folder)),
		read: (path) => readFileSync(urlOf(`${folder}${path}`), 'utf8'),
		tagOf: (version) => (isVendors ? `${name}-v${version}` : version),
	};
}

const urlOf = (path) => new URL(`../${path}`, import.meta.url);
