'use strict';

const { spawnSync } = require('node:child_process');
const { installLocked, isInstalled, step } = require('../../host/step');

/** Runs the engine tests in the engine of the oldest n8n that is supported, installed here before. */
async function main() {
	if (!isInstalled(__dirname)) {
		await step("Installing the oldest n8n's engine (250 MB, the first time only)", () =>
			installLocked(__dirname, 'oldest-npm-ci'),
		);
	}
	const args = ['--selectProjects', 'engine', '--maxWorkers=100%', ...process.argv.slice(2)];
	const { status } = spawnSync(process.execPath, [require.resolve('jest/bin/jest'), ...args], {
		env: { ...process.env, N8N_ENGINE: 'oldest' },
		stdio: 'inherit',
	});
	process.exitCode = status ?? 1;
}

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
