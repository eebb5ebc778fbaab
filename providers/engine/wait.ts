import { sleep } from 'n8n-workflow';

import { CanceledError } from '../kit/errors';

/** Waits `ms` milliseconds. @throws {CanceledError} as soon as `signal` is aborted */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
	if (signal?.aborted === true) throw new CanceledError();
	await sleep(ms, signal).catch(() => {
		throw new CanceledError();
	});
}
