import { CanceledError } from '../../../providers/kit/errors';

/** Milliseconds of each wait so far. */
export const waits: number[] = [];

let skipped = 0;
const { now } = Date;

beforeAll(() => {
	jest.spyOn(Date, 'now').mockImplementation(() => now() + skipped);
});

afterEach(() => {
	waits.length = 0;
});

/**
 * Takes the place of `providers/wait`: the time is passed over, and the clock shows it.
 *
 * @example
 * jest.mock('../../../providers/engine/wait', () => jest.requireActual('./skippedWait'));
 */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
	if (signal?.aborted === true) throw new CanceledError();
	if (ms <= 0) return;
	waits.push(Math.round(ms));
	skipped += ms;
}
