import { join } from 'node:path';
import { jest } from './jest';
import { installLocked, isInstalled, step } from './step';

const FOLDER = join(__dirname, 'oldest', 'engine');

/** Runs the engine tests in the engine of the oldest n8n that is supported. */
export async function main(args: string[]): Promise<number> {
	if (!isInstalled(FOLDER)) {
		await step("Installing the oldest n8n's engine (250 MB, the first time only)", () =>
			installLocked(FOLDER, 'oldest-engine-npm-ci'),
		);
	}
	const all = ['--maxWorkers=100%', '--selectProjects', 'engine'];
	return await jest([...args, ...all], { N8N_ENGINE: 'oldest' });
}
