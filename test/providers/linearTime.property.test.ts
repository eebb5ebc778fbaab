import fc from 'fast-check';

import { outsideReaders, textOf, type OutsideReader, type Shape } from '../support/outsideReaders';
import { propertyRuns } from '../support/propertyRuns';

/** Characters. */
const SHORT = 10_000;
const LONG = 10 * SHORT;

/** A loop in a loop takes a hundred times as long for ten times the text; three times ten is luck. */
const MOST_TIMES = 35;

/** Milliseconds that are too few to compare. */
const NOTHING = 25;

/** A reader that is not linear takes too long in each of them; a garbage collection or a busy machine ends. */
const ATTEMPTS = 8;

/** What it costs the processor, in milliseconds. */
function cost({ read }: OutsideReader, text: string): number {
	const before = process.cpuUsage();
	read(text);
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** Whether ten times the text takes ten times as long, or little more. */
function isLinear(reader: OutsideReader, shape: Shape): boolean {
	const [short, long] = [textOf(shape, SHORT), textOf(shape, LONG)];
	return Array.from({ length: ATTEMPTS }).some(() => {
		const whole = cost(reader, long);
		return whole < NOTHING || whole < MOST_TIMES * Math.max(cost(reader, short), 0.5);
	});
}

describe.each(outsideReaders.map((reader) => [reader.name, reader] as const))('%s', (_, reader) => {
	it('takes ten times as long for ten times the worst text at most', () => {
		expect(isLinear(reader, reader.worst)).toBe(true);
	});

	it('does so for any text of its words', () => {
		const word = fc.constantFrom(...reader.words);
		const words = (maxLength: number) =>
			fc.array(word, { minLength: 0, maxLength }).map((all) => all.join(''));
		const shape: fc.Arbitrary<Shape> = fc.tuple(
			words(2),
			words(4).filter((text) => text !== ''),
			words(2),
		);
		fc.assert(
			fc.property(shape, (tried) => isLinear(reader, tried)),
			{ numRuns: Math.ceil(propertyRuns / 100) },
		);
	});
});

it('would find a reader that is not', () => {
	const read = (text: string) => /\s+$/.test(text);
	const quadratic: OutsideReader = { name: '', read, worst: ['', ' ', 'a'], words: [' '] };
	expect(isLinear(quadratic, quadratic.worst)).toBe(false);
});
