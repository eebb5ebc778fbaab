import type { IHttpRequestOptions } from 'n8n-workflow';

type Signal = NonNullable<IHttpRequestOptions['abortSignal']>;

/**
 * A signal that ends a request of n8n's helper after so many milliseconds, its response included, with the error
 * that `late` gives: of an `AbortSignal` axios says no more than "canceled". A `timeout` ends with the
 * headers, or begins anew with each byte.
 */
export function endAfter(ms: number, late: () => unknown): Signal {
	const timer = AbortSignal.timeout(Math.ceil(ms));
	const ends = new Map<unknown, () => void>();
	return {
		get aborted() {
			return timer.aborted;
		},
		addEventListener: (_type: string, listener: (reason: unknown) => void) => {
			const end = () => listener(late());
			ends.set(listener, end);
			timer.addEventListener('abort', end);
		},
		removeEventListener: (_type: string, listener: unknown) => {
			const end = ends.get(listener);
			if (end !== undefined) timer.removeEventListener('abort', end);
		},
	} as Signal;
}
