'use strict';

const { Failure, ROOT, installLocked, isInstalled, step } = require('./step');

/** @type {Record<string, () => Promise<{ main: (args: string[]) => Promise<number> }>>} */
const COMMANDS = {
	dev: async () => require('./dev'),
	demo: async () => require('./demo'),
	test: async () => require('./test'),
	package: async () => require('./packages/main'),
	'oldest-engine': async () => require('./oldestEngine'),
	'oldest-n8n': async () => require('./oldestN8n'),
};

/** Installs what development needs, then hands over to one of the commands. */
async function main() {
	const [name = '', ...args] = process.argv.slice(2);
	const command = COMMANDS[name];
	if (!command) throw new Failure(`Usage: node host/main.js ${Object.keys(COMMANDS).join(' | ')}`);
	if (Number(process.versions.node.split('.')[0]) < 20) {
		throw new Failure(`Node.js 20 or newer is needed; this is ${process.version}.`);
	}
	if (!isInstalled(ROOT)) {
		await step('Installing the development packages (about a minute, the first time only)', () =>
			installLocked(ROOT, 'npm-ci'),
		);
	}
	require('tsx/cjs');
	const { main: start } = await command();
	process.exitCode = await start(args);
}

main().catch((error) => {
	console.error(error instanceof Failure ? `\n${error.message}` : error);
	process.exitCode = 1;
});
