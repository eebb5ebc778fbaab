import { join } from 'node:path';
import { watchSources } from '../gulpfile';
import { readOptions } from './arguments';
import { demoWorkflows } from './demoWorkflows';
import { installedIn } from './pack';
import { PORT_USAGE, stayOpen, withSession, type Session } from './session';
import { CACHE, step } from './step';

const USER_FOLDER = join(CACHE, 'dev');

const USAGE = `npm run dev -- [--port <port>] [--inspect]
  --port <port>  ${PORT_USAGE}
  --inspect      let a debugger attach to n8n, on port 9229`;

/** Runs n8n with the package and the sandbox, and has it reload the package on each change. */
export async function main(args: string[]): Promise<number> {
	const options = readOptions(
		args,
		{ port: { type: 'string' }, inspect: { type: 'boolean' } },
		USAGE,
	);
	if (options === null) return 0;
	const env = {
		N8N_DEV_RELOAD: 'true',
		...(options.inspect && { NODE_OPTIONS: '--inspect' }),
	};
	return await withSession(
		{ userFolder: USER_FOLDER, port: options.port, env },
		async (session) => {
			await step('Creating the workflows of the demo', () => saveWorkflows(session));
			// n8n watches what is installed in it.
			const watcher = watchSources(join(installedIn(USER_FOLDER), 'dist'), async () => {
				console.log(`  ${new Date().toLocaleTimeString()} built, and n8n loads it`);
			});
			console.log(`\n  A change in credentials, nodes or providers is in n8n a second later.`);
			console.log(`  n8n's own output: ${session.n8n.logFile}`);
			return await stayOpen(session.n8n).finally(() => watcher.close());
		},
	);
}

async function saveWorkflows({ client, sandbox, references }: Session): Promise<void> {
	for (const { workflow } of demoWorkflows(sandbox.credentials, references)) {
		await client.saveWorkflow(workflow);
	}
}
