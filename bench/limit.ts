import { markdownTable } from './markdown';
import { withCredentials } from './rounds';
import { setDelay, type Host, type Stage } from './stage';
import { median } from './statistics';
import { fresh, workflowOf } from './ways';

const WINDOW_MS = 60_000;

/** What Maxus allows, token requests included. The sandbox refuses whatever is above. */
const PER_MINUTE = 600;

/**
 * How well "Requests per Minute" keeps to a limit that several executions share. Together they make
 * twice as many requests as a minute allows, so that the second half waits until the first is a minute old.
 */
export async function measureLimit(stage: Stage, host: Host): Promise<string> {
	const { sandbox } = stage;
	const rows: string[][] = [];
	setDelay(stage, 0);
	for (const executions of [1, 5, 20]) {
		sandbox.reset();
		const given = fresh(stage, { requestsPerMinute: PER_MINUTE });
		const way = await withCredentials(stage, host, given, 0);
		const workflow = await host.client.saveWorkflow(workflowOf(way, PER_MINUTE / executions));
		const runs = Array.from({ length: executions }, () => host.client.runWorkflow(workflow));
		for (const { status } of await Promise.all(runs)) {
			if (status !== 'success') throw new Error(`An execution ended with ${status}`);
		}
		const requests = sandbox.requests.filter(({ vendor }) => vendor === 'maxus');
		const times = requests.map(({ at }) => at).sort((a, b) => a - b);
		const refused = requests.filter(({ status }) => status === 429).length;
		rows.push([
			String(executions),
			String(times.length),
			String(mostInWindow(times)),
			String(refused),
			`${(sustainedShare(times) * 100).toFixed(1)} %`,
		]);
	}
	return markdownTable(
		['Executions at once', 'requests', 'most in 60 s', 'refused', 'of the limit'],
		rows,
	);
}

/** The most requests that arrived within 60 s; times are ascending. */
function mostInWindow(times: number[]): number {
	let first = 0;
	return times.reduce((most, time, index) => {
		while (time - (times[first] ?? 0) >= WINDOW_MS) first += 1;
		return Math.max(most, index - first + 1);
	}, 0);
}

/** How fast requests follow each other once the limit is reached, as a share of it. */
function sustainedShare(times: number[]): number {
	const later = times.slice(PER_MINUTE);
	return median(later.map((time, index) => WINDOW_MS / (time - (times[index] ?? NaN))));
}
