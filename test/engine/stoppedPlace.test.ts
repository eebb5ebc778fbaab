import {
	anyLocalPort,
	calls,
	logins,
	numbered,
	request,
	sandbox,
} from './authenticatedRequest/setup';

const pause = async (ms: number) =>
	await new Promise((resolve) => {
		setTimeout(resolve, ms);
	});

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await pause(5);
}

/** Starts a run with twenty items of an own stop button. */
function start(parameters: object, count: number) {
	const stop = new AbortController();
	const run = request(parameters, {
		items: numbered(count),
		credential: anyLocalPort,
		signal: stop.signal,
	});
	return { run, stop };
}

const PROMPTLY_MS = 1500;

beforeEach(() => {
	sandbox.faults.maxus.tokenDelayMs = 300;
});

/** Stops one execution with twenty items during its first login; another one is in line behind it. */
async function behindStopped(parameters: object, count: number) {
	const first = start(parameters, 20);
	await until(() => logins().length === 1);
	const second = start(parameters, count);
	await pause(50);
	const stoppedAt = Date.now();
	first.stop.abort();
	const { items, error } = await second.run;
	const ms = Date.now() - stoppedAt;
	await first.run;
	return { items, error, ms };
}

it('another execution gets the room that a stopped one kept under the limit', async () => {
	// The login that was under way counts; what is left is enough for one token and one call.
	const { items, error, ms } = await behindStopped({ options: { requestsPerMinute: 3 } }, 1);
	expect(error).toBeNull();
	expect(items).toHaveLength(1);
	expect(ms).toBeLessThan(PROMPTLY_MS);
	expect(calls()).toHaveLength(1);
});

it('another execution gets its turn to log in', async () => {
	const { items, error, ms } = await behindStopped({}, 3);
	expect(error).toBeNull();
	expect(items).toHaveLength(3);
	expect(ms).toBeLessThan(PROMPTLY_MS);
	expect(calls()).toHaveLength(3);
});
