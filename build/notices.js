'use strict';

const { readdirSync, readFileSync } = require('node:fs');

/**
 * The licence of each npm package that one of these files belongs to, in full.
 *
 * @param {string[]} files
 * @returns {string}
 */
function thirdPartyNotices(files) {
	const folders = new Set(
		files.flatMap((file) => file.match(/.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? []),
	);
	return [...folders].sort().map(noticeOf).join('\n');
}

function noticeOf(folder) {
	const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
	const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
	if (!file) throw new Error(`${name} has no licence to pass on`);
	const text = readFileSync(`${folder}/${file}`, 'utf8').trim();
	return `${'='.repeat(80)}\n${name} ${version} (${license})\n${'='.repeat(80)}\n\n${text}\n`;
}

/** Leaves out what reads feeds: nothing here does, but css-select takes in all of domutils. */
const withoutFeeds = {
	name: 'without-feeds',
	setup({ onLoad }) {
		const contents = 'export const getFeed = undefined;';
		onLoad({ filter: /domutils\/dist\/feeds\.js$/ }, () => ({ contents }));
	},
};

module.exports = { thirdPartyNotices, withoutFeeds };
