'use strict';

// Plain JavaScript, for the Node.js and the n8n-core of the host: prints how many milliseconds n8n's
// loader takes for the package in the folder given. What n8n has loaded itself before is loaded first.
const { join } = require('node:path');

require('n8n-workflow');
const { LazyPackageDirectoryLoader } = require('n8n-core');

async function main() {
	const loader = new LazyPackageDirectoryLoader(
		join(process.argv[2] ?? '', 'node_modules', 'n8n-nodes-token-providers'),
	);
	const started = performance.now();
	await loader.loadAll();
	const milliseconds = performance.now() - started;
	const found = Object.keys(loader.nodeTypes).length;
	if (found === 0) throw new Error('The loader found no node');
	console.log(milliseconds);
}

void main();
