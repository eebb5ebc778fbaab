import { FIRST_LIMIT } from './adaptiveConcurrency';
import type { AllSlots, Slot, Slots } from './slots';

/** So many items are under way for each slot: those without one are made ready, or wait before they are sent again. */
const ITEMS_A_SLOT = 1.25;

/** Whose calls a run makes. */
export interface Caller {
	/** Names the credential of the node. */
	credential: string;
	/** Names the node, whose calls usually take the same time. */
	node: string;
}

/** How many items of one run are under way: as many as the services it calls take. */
export class Pace {
	private readonly services = new Set<Slots>();

	/** Called when more items may be under way. */
	onMore = (): void => {};

	constructor(
		private readonly slots: AllSlots,
		private readonly caller: Caller,
	) {}

	/** How many items may be under way. */
	get items(): number {
		const limit = [...this.services].reduce((sum, slots) => sum + slots.limit, 0);
		return Math.ceil((limit || FIRST_LIMIT) * ITEMS_A_SLOT);
	}

	/**
	 * Waits for a slot for a call to the host of this address.
	 * @throws {CanceledError} as soon as `signal` is aborted
	 */
	async enter(url: string, signal?: AbortSignal): Promise<Slot> {
		const { credential, node } = this.caller;
		const host = URL.canParse(url) ? new URL(url).host : url;
		const slots = this.slots.of(`${credential} ${host}`);
		if (!this.services.has(slots)) {
			this.services.add(slots);
			this.onMore();
		}
		return await slots.enter(node, signal);
	}
}
