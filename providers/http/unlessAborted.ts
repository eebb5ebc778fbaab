import { CanceledError } from '../kit/errors';

/**
 * What `work` comes to, or the end of waiting for it. @throws {CanceledError} as soon as `signal` is
 * aborted, whether or not `work` takes notice
 */
export async function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
	if (signal === undefined) return await work;
	let stop = () => {};
	const aborted = new Promise<never>((_resolve, reject) => {
		stop = () => reject(new CanceledError());
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
	try {
		return await Promise.race([aborted, work]);
	} finally {
		signal.removeEventListener('abort', stop);
		work.catch(() => {});
	}
}
