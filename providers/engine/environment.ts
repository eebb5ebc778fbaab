import { randomBytes } from 'node:crypto';

import type { Environment } from '../kit/provider';

/** The real clock and the real source of random bytes. */
export const systemEnvironment: Environment = {
	now: () => Date.now(),
	randomBytes: (length) => new Uint8Array(randomBytes(length)),
};
