import { CanceledError } from '../kit/errors';
import type { Runtime } from './runtime';
import { unlessAborted } from './unlessAborted';

export interface TimeLimit {
	ms: number;
	signal?: AbortSignal;
	/** What is thrown when the time is up. */
	late: () => Error;
}

/**
 * What `work` comes to within the time. The signal it is given is aborted when the time is up, or when
 * the one of `limit` is. @throws what `limit.late` gives, {@link CanceledError}, or what `work` throws
 */
export async function withinTime<T>(
	{ timeUp }: Pick<Runtime, 'timeUp'>,
	limit: TimeLimit,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const { ms, signal, late } = limit;
	const end = new AbortController();
	const timer = new AbortController();
	let isLate = false;
	const stop = () => end.abort();
	if (signal?.aborted === true) throw new CanceledError();
	signal?.addEventListener('abort', stop, { once: true });
	void timeUp(ms, timer.signal).then(
		() => {
			isLate = true;
			end.abort();
		},
		() => {},
	);
	try {
		return await unlessAborted(work(end.signal), end.signal);
	} catch (error) {
		throw isLate ? late() : error;
	} finally {
		timer.abort();
		signal?.removeEventListener('abort', stop);
	}
}
