import { inspect } from 'node:util';

/** All that n8n, a log or a debugger could show of a value: properties, stack, causes, hidden ones. */
export function everythingIn(value: unknown): string {
	const texts = [JSON.stringify(value), inspect(value, { depth: Infinity, showHidden: true })];
	for (let at = value; at instanceof Error; at = at.cause) {
		texts.push(at.message, at.stack ?? '', JSON.stringify({ ...at }));
	}
	return texts.join('\n');
}

/** What `work` throws. */
export async function thrownBy(work: () => unknown): Promise<unknown> {
	try {
		await work();
	} catch (error) {
		return error;
	}
	throw new Error('Nothing was thrown');
}
