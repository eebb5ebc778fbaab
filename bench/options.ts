import { parseArgs } from 'node:util';
import { Failure } from '../host/step';

/** The parts of the benchmark, in the order they run. */
const PARTS = [
	'calls',
	'tls',
	'capacity',
	'concurrency',
	'memory',
	'signing',
	'credentials',
	'limit',
	'package',
	'readers',
] as const;

export type Part = (typeof PARTS)[number];

/** What to measure. */
export interface Options {
	parts: Part[];
	/** Milliseconds the servers take to answer. */
	delays: number[];
	/** How many items a node gets; ascending. */
	items: number[];
	/** The concurrencies to compare; 0: all items at once. */
	concurrencies: number[];
	rounds: number;
	isShort: boolean;
}

const USAGE = `npm run bench -- [options]
  --delay 0,20,50,200    milliseconds the servers take to answer
  --items 1000,10000     how many items a node gets; the larger ones are measured in the first three rounds
  --concurrency 10,25,50,100,200,0   what to compare as "Concurrency"; 0: all items at once
  --rounds 5             each measures every way once, in turn; one more before them warms up
  --only ${PARTS.join(',')}
                         which parts to run
  --short                a look at whether everything runs, in a minute: few items, one round, no "limit"`;

/** @throws {Failure} that says how to use them */
export function readOptions(args: string[]): Options {
	try {
		const { values } = parseArgs({
			args,
			options: {
				short: { type: 'boolean', default: false },
				delay: { type: 'string' },
				items: { type: 'string' },
				concurrency: { type: 'string' },
				rounds: { type: 'string' },
				only: { type: 'string' },
			},
		});
		const isShort = values.short;
		const parts = values.only?.split(',') ?? PARTS.filter((part) => !isShort || part !== 'limit');
		const unknown = parts.find((part) => !PARTS.includes(part as Part));
		if (unknown !== undefined) throw new Error(`There is no part "${unknown}"`);
		return {
			parts: parts as Part[],
			delays: numbers(values.delay ?? (isShort ? '0,20' : '0,20,50,200')),
			items: numbers(values.items ?? (isShort ? '20' : '1000,10000')).sort((a, b) => a - b),
			concurrencies: numbers(values.concurrency ?? (isShort ? '10,0' : '10,25,50,100,200,0')),
			rounds: Math.max(1, numbers(values.rounds ?? (isShort ? '1' : '5'))[0] ?? 1),
			isShort,
		};
	} catch (error) {
		throw new Failure(`${(error as Error).message}\n${USAGE}`);
	}
}

function numbers(text: string): number[] {
	return text.split(',').map((part) => {
		const number = Number(part);
		if (part.trim() !== '' && Number.isInteger(number) && number >= 0) return number;
		throw new Error(`"${part}" is not a whole number`);
	});
}
