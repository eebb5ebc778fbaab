import type { Send } from '../http/transport';
import type { Ending } from './adaptiveConcurrency';
import { endingOfError } from './ending';
import type { Slot } from './slots';

/**
 * How a token request is made for which a slot is kept: it takes its time there, and tells when the service is busy.
 * @param isShared whether the token serves other calls, too, so that its time is none of a usual call
 */
export function inSlot(slot: Slot, send: Send, isShared = false) {
	return {
		send: (async (...sent) => {
			if (isShared) slot.markUnusual();
			return await slot.timed(async () => await send(...sent));
		}) satisfies Send,
		onRetry: (reason: unknown) => {
			if (endingOfError(reason) === 'busy') slot.refused();
		},
	};
}

/** Does the work that a slot is kept for, and leaves the slot. @param endingOf tells what a result came to */
export async function holdSlot<T>(
	slot: Slot,
	work: () => Promise<T>,
	endingOf: (result: T) => Ending,
): Promise<T> {
	const result = work();
	slot.leave(await result.then(endingOf, endingOfError));
	return await result;
}
