import { createEngine } from '../providers/tokens/engine';
import { markdownTable } from './markdown';
import type { Options } from './options';
import { processorTime } from './processorTime';
import type { Stage } from './stage';
import { median } from './statistics';

/** What a place under the rate limit costs, with so many other credentials in use. */
export async function measureCredentials(_stage: Stage, { isShort }: Options): Promise<string> {
	const rows: string[][] = [];
	for (const others of [0, 20_000]) {
		const { rateLimit } = createEngine();
		for (let key = 0; key < others; key += 1) {
			await rateLimit.placeFor(`key ${key}`, { perMinute: 600 }).use(async () => {});
		}
		const take = () => rateLimit.placeFor('key', { perMinute: 600 }).leave();
		const times = Array.from({ length: isShort ? 1 : 5 }, () => processorTime(take, 20_000));
		rows.push([others.toLocaleString('en'), `${(median(times) * 1000).toFixed(2)} µs`]);
	}
	return markdownTable(['Other credentials in use', 'a place under the rate limit'], rows);
}
