import { join } from 'node:path';
import { readOptions } from './arguments';
import { demoWorkflows, type DemoWorkflow } from './demoWorkflows';
import { measure, type Measured } from './measure';
import { PORT_USAGE, stayOpen, withExternal, withSession, type Guest } from './session';
import { CACHE, step } from './step';
import { table } from './table';

const USAGE = `npm run demo -- [--once] [--port <port>] | --external <url>
  --once            end when all workflows have run; the exit status says whether all went well
  --port <port>     ${PORT_USAGE}
  --external <url>  run the workflows in an n8n that is there, has the package and reaches this machine, then end`;

/** Shows the package at work in a real n8n, and leaves its editor open until Ctrl-C. */
export async function main(args: string[]): Promise<number> {
	const options = readOptions(
		args,
		{ once: { type: 'boolean' }, port: { type: 'string' }, external: { type: 'string' } },
		USAGE,
	);
	if (options === null) return 0;
	if (options.external !== undefined) {
		return await withExternal(options.external, async (guest) =>
			(await showWorkflows(guest)) ? 0 : 1,
		);
	}
	return await withSession(
		{ userFolder: join(CACHE, 'demo'), port: options.port },
		async (session) => {
			const isGood = await showWorkflows(session);
			if (options.once) return isGood ? 0 : 1;
			return await stayOpen(session.n8n);
		},
	);
}

/** Runs the workflows and prints what each did. */
export async function showWorkflows({ client, sandbox, references }: Guest): Promise<boolean> {
	const results: Array<[DemoWorkflow, Measured]> = [];
	const demos = demoWorkflows(sandbox.credentials, references);
	await step(`Creating and running ${demos.length} workflows`, async () => {
		for (const demo of demos) {
			const workflow = await client.saveWorkflow(demo.workflow);
			results.push([demo, await measure(client, sandbox, workflow, demo)]);
		}
	});
	console.log(`\n${resultTable(results)}\n`);
	const wrong = results.filter(([, measured]) => measured.wrong.length > 0);
	for (const [{ vendor, way }, measured] of wrong) {
		console.log(`  ${vendor}, ${way}: ${measured.wrong.join('; ')}`);
	}
	console.log(
		`  ${results.length - wrong.length} of ${results.length} workflows did what they must.`,
	);
	return wrong.length === 0;
}

function resultTable(results: Array<[DemoWorkflow, Measured]>): string {
	const headings = [
		'Vendor',
		'Way',
		'Items',
		'Calls',
		'Tokens',
		'Distinct',
		'Valid for',
		'Time',
		'',
	];
	const rows = results.map(([{ vendor, way }, measured]) => [
		vendor,
		way,
		String(measured.items),
		String(measured.calls),
		String(measured.tokens),
		String(measured.distinct),
		duration(measured.validFor),
		`${(measured.milliseconds / 1000).toFixed(2)} s`,
		measured.wrong.length > 0 ? '✗' : '✓',
	]);
	return table(headings, rows);
}

function duration(seconds: number | null): string {
	if (seconds === null) return '–';
	if (seconds < 600) return `${seconds} s`;
	return seconds < 2 * 3600 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
