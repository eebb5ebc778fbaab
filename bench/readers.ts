import { outsideReaders, textOf } from '../test/support/outsideReaders';
import { markdownTable, milliseconds } from './markdown';
import type { Options } from './options';
import { processorTime } from './processorTime';
import type { Stage } from './stage';
import { median } from './statistics';

const SIZES = [
	{ name: '10 kB', length: 10_000 },
	{ name: '100 kB', length: 100_000 },
	{ name: '1 MB', length: 1_000_000 },
];

/** What the text that takes it longest costs each reader of texts from outside. */
export function measureReaders(_stage: Stage, { isShort }: Options): string {
	const rows = outsideReaders.map(({ name, read, worst }) => [
		name,
		...SIZES.map(({ length }) => {
			const text = textOf(worst, length);
			const times = Array.from({ length: isShort ? 1 : 5 }, () =>
				processorTime(() => read(text), 1),
			);
			return milliseconds(median(times));
		}),
	]);
	return markdownTable(['To read the worst text', ...SIZES.map(({ name }) => name)], rows);
}
