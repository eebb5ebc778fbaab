import { systemRuntime } from '../../../providers/http/runtime';
import { useRuntime } from '../engine';
import { logins, request, sandbox } from './setup';

/** What a model waits at most, in milliseconds: here it is over at once. */
const MODEL_WAIT_MS = 5_000;

useRuntime({
	...systemRuntime,
	timer: (ms, onTime) => systemRuntime.timer(ms === MODEL_WAIT_MS ? 1 : ms, onTime),
});

const TOOL = { type: 'n8n-nodes-token-providers.authenticatedRequestTool' };

it.each(['fresh', 'reuse'])(
	'a model does not wait for the login of another call (%s)',
	async (tokenUse) => {
		const run = { provider: 'tokenApi' as const };
		sandbox.faultsOf('tokenApi').tokenDelayMs = 400;
		const other = request({ tokenUse }, run);
		while (logins().length === 0) await new Promise(setImmediate);
		const { error } = await request({ tokenUse }, { ...run, ...TOOL });
		expect(error?.message).toBe(
			'Another call is still logging in to the service. Try again in a few seconds.',
		);
		expect(logins()).toHaveLength(1);
		expect((await other).error).toBeNull();
		expect(logins()).toHaveLength(1);
	},
);

it('waits for its own, which takes as long as it takes', async () => {
	sandbox.faultsOf('tokenApi').tokenDelayMs = 100;
	const { error } = await request({}, { provider: 'tokenApi', ...TOOL });
	expect(error).toBeNull();
});
