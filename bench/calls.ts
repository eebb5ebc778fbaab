import { markdownTable, milliseconds, ratio } from './markdown';
import type { Options } from './options';
import { runRounds, type Condition } from './rounds';
import type { Host, Stage } from './stage';
import { median, medianRatio } from './statistics';
import {
	fresh,
	headerAuth,
	ownCredential,
	pair,
	plain,
	predefinedAuth,
	reuse,
	tokenNode,
} from './ways';

/** Runs with more items than the fewest are long, and steady enough for fewer rounds. */
const ROUNDS_OF_LARGE = 3;

/** Every way to make a call with a token, all options as they are by default. */
export async function compareCalls(
	stage: Stage,
	host: Host,
	{ delays, items, rounds }: Options,
): Promise<string> {
	const byHand = pair(stage);
	const noToken = plain(stage);
	const airtable = predefinedAuth(stage);
	const ways = [
		noToken,
		byHand,
		headerAuth(stage),
		airtable,
		ownCredential(stage),
		fresh(stage),
		reuse(stage),
		tokenNode(),
	];
	const conditions = delays.flatMap((delay) =>
		items.map(
			(count, index): Condition => ({
				delay,
				items: count,
				rounds: index === 0 ? rounds : Math.min(ROUNDS_OF_LARGE, rounds),
			}),
		),
	);
	const timesOf = await runRounds(stage, host, ways, conditions);

	const tables = conditions.map((condition) => {
		const fewest = conditions.find(({ delay }) => delay === condition.delay) ?? condition;
		const factor = condition.items / fewest.items;
		const rows = ways.map((way) => {
			const times = timesOf(way, condition);
			const over = (other: number[]) => ratio(medianRatio(times, other));
			return [
				way.name,
				milliseconds(median(times) / condition.items),
				over(timesOf(byHand, condition)),
				over(timesOf(noToken, condition)),
				over(timesOf(airtable, condition)),
				over(timesOf(way, fewest).map((time) => time * factor)),
			];
		});
		const headings = [
			`${condition.items} items${stage.isTls ? ' over TLS' : ''}, answers after ${condition.delay} ms`,
			'an item',
			'÷ by hand',
			'÷ no token',
			'÷ Airtable',
			`÷ ${fewest.items} items`,
		];
		return markdownTable(headings, rows);
	});
	return tables.join('\n\n');
}
