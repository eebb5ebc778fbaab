import { setDelay, type Host, type Stage } from './stage';
import { workflowOf, type Way } from './ways';

/** Under what a way is timed. */
export interface Condition {
	/** Milliseconds the servers take to answer. */
	delay: number;
	items: number;
	/** How many times: as many of the first rounds. */
	rounds: number;
}

/** What a way took under a condition in each round, in milliseconds. */
export type TimesOf = (way: Way, condition: Condition) => number[];

/**
 * Times every way under every condition once a round, in turn, so that what disturbs the machine
 * disturbs all alike. A round before the first warms up with the fewest items and does not count.
 */
export async function runRounds(
	stage: Stage,
	host: Host,
	ways: Way[],
	conditions: Condition[],
): Promise<TimesOf> {
	const times = new Map(conditions.map((one) => [one, new Map<Way, number[]>()]));
	const fewest = Math.min(...conditions.map(({ items }) => items));
	const rounds = Math.max(...conditions.map((one) => one.rounds));
	for (const way of ways) await timeOnce(stage, host, way, { delay: 0, items: fewest });
	for (let round = 1; round <= rounds; round += 1) {
		for (const condition of conditions.filter((one) => round <= one.rounds)) {
			const { delay, items } = condition;
			for (const way of ways) {
				const milliseconds = await timeOnce(stage, host, way, condition);
				const own = times.get(condition);
				own?.set(way, [...(own.get(way) ?? []), milliseconds]);
				showProgress(
					`round ${round} of ${rounds}, ${delay} ms, ${items} items, ${way.name}: ${Math.round(milliseconds)} ms`,
				);
			}
		}
	}
	showProgress('');
	return (way, condition) => times.get(condition)?.get(way) ?? [];
}

/** Runs a way once, and sums up what its nodes took by n8n's own clock. */
export async function timeOnce(
	stage: Stage,
	host: Host,
	way: Way,
	{ delay, items }: Omit<Condition, 'rounds'>,
): Promise<number> {
	setDelay(stage, delay);
	const { client } = host;
	const ready = await withCredentials(stage, host, way, delay);
	const workflow = await client.saveWorkflow(workflowOf(ready, items));
	const execution = await client.runWorkflow(workflow);
	stage.sandbox.requests.length = 0;
	const { runData, error } = execution.data.resultData;
	if (execution.status !== 'success') throw new Error(`${way.name}: ${error?.message}`);
	const runs = way.nodes.map(({ name }) => runData[name]?.at(-1));
	const given = runs.at(-1)?.data?.main[0]?.length;
	if (given !== items) throw new Error(`${way.name}: ${given} items, not ${items}`);
	await client.deleteExecution(execution.id);
	return runs.reduce((sum, run) => sum + (run?.executionTime ?? NaN), 0);
}

/** A way with the credentials for services that answer after so many milliseconds. */
export async function withCredentials(
	stage: Stage,
	{ credentialsAt }: Host,
	way: Way,
	delay: number,
): Promise<Way> {
	const saved = Object.entries(await credentialsAt(stage, delay));
	const of = (credentials: object = {}) =>
		Object.fromEntries(saved.filter(([type]) => type in credentials));
	const nodes = way.nodes.map((node) => ({ ...node, credentials: of(node.credentials) }));
	return { ...way, nodes };
}

/** On a terminal as a line that changes, elsewhere as lines of the log. */
function showProgress(text: string): void {
	if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text && `  ${text}`}`);
	else if (text !== '') process.stderr.write(`  ${text}\n`);
}
