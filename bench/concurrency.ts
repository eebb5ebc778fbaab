import { markdownTable, ratio } from './markdown';
import type { Options } from './options';
import { runRounds } from './rounds';
import type { Host, Stage } from './stage';
import { medianRatio } from './statistics';
import { ALL, fresh, pair, plain, reuse } from './ways';

/** Authenticated Request with other values of its option "Concurrency", for the choice of a default. */
export async function compareConcurrency(
	stage: Stage,
	host: Host,
	{ delays, items: [items = 0], concurrencies, rounds }: Options,
): Promise<string> {
	const byHand = pair(stage);
	const noToken = plain(stage);
	const ways = [
		noToken,
		byHand,
		...concurrencies.map((concurrency) => fresh(stage, { concurrency: concurrency || ALL })),
		...concurrencies.map((concurrency) => reuse(stage, { concurrency: concurrency || ALL })),
	];
	const conditions = delays.map((delay) => ({ delay, items, rounds }));
	const timesOf = await runRounds(stage, host, ways, conditions);

	const table = (baseline: typeof byHand, heading: string) =>
		markdownTable(
			[`${items} items, ${heading}, answers after`, ...delays.map((delay) => `${delay} ms`)],
			ways.map((way) => [
				way.name,
				...conditions.map((condition) =>
					ratio(medianRatio(timesOf(way, condition), timesOf(baseline, condition))),
				),
			]),
		);
	return `${table(byHand, '÷ by hand')}\n\n${table(noToken, '÷ no token')}`;
}
