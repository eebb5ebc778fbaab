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
	{ timer }: Pick<Runtime, 'timer'>,
	{ ms, signal, late }: TimeLimit,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	if (signal?.aborted === true) throw new CanceledError();
	const end = new AbortController();
	const stop = () => end.abort();
	let isLate = false;
	const stopTimer = timer(ms, () => {
		isLate = true;
		stop();
	});
	signal?.addEventListener('abort', stop, { once: true });
	try {
		return await unlessAborted(work(end.signal), end.signal);
	} catch (error) {
		throw isLate ? late() : error;
	} finally {
		stopTimer();
		signal?.removeEventListener('abort', stop);
	}
}
