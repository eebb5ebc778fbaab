import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { showWorkflows } from './demo';
import { OLDEST_N8N } from './n8nFolder';
import { withSession } from './session';
import { CACHE } from './step';

/** Runs the demo's workflows with the packed package in the oldest n8n that is supported, a new one. */
export async function main(): Promise<number> {
	process.env['N8N_FOLDER'] = OLDEST_N8N;
	const userFolder = join(CACHE, 'oldest');
	rmSync(join(userFolder, '.n8n'), { recursive: true, force: true });
	return await withSession({ userFolder }, async (session) =>
		(await showWorkflows(session)) ? 0 : 1,
	);
}
