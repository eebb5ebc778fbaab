import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { runItems } from '../../nodes/shared/runItems';
import { CanceledError, InputError, VendorError } from '../../providers';
import { deferred } from '../support/deferred';
import { executeContext, NODE } from '../support/executeContext';
import { settle } from '../support/fakeClock';
import { thrownBy } from '../support/leaks';

const vendorError = () =>
	new VendorError('The vendor said no', { vendorCode: '83', httpStatus: 200 });

describe('as the tool of an agent', () => {
	const AGENT = '@n8n/n8n-nodes-langchain.agent';
	const asTool = (parentNode: object, more: object = {}) =>
		Object.assign(executeContext(1), {
			parentNode,
			logger: { warn: () => {} },
			getNode: () => ({ ...NODE, type: `${NODE.type}Tool`, ...more }),
		});
	const refuse = async () => await Promise.reject(vendorError());

	it('gives what happened, where the agent would lose what is thrown', async () => {
		for (const typeVersion of [1.9, 2, 2.2]) {
			const items = await runItems(asTool({ type: AGENT, typeVersion }), 1, refuse);
			expect(items).toEqual([
				{
					json: { error: 'The vendor said no', details: { errorCode: '83', httpStatus: 200 } },
					pairedItem: { item: 0 },
				},
			]);
		}
	});

	it('throws it to every other, and where n8n is to try again', async () => {
		const throwing = [
			asTool({ type: AGENT, typeVersion: 3.1 }),
			asTool({ type: '@n8n/n8n-nodes-langchain.mcpTrigger', typeVersion: 2 }),
			asTool({ type: AGENT, typeVersion: 2.2 }, { retryOnFail: true }),
		];
		for (const context of throwing) {
			expect(await thrownBy(() => runItems(context, 1, refuse))).toBeInstanceOf(NodeApiError);
		}
	});
});

it('keeps input order, whatever finishes first', async () => {
	const gates = Array.from({ length: 5 }, () => deferred<void>());
	const running = runItems(executeContext(5), 5, async (index) => {
		await gates[index]?.promise;
		return [{ json: { index } }];
	});
	for (const gate of [...gates].reverse()) {
		gate.resolve();
		await settle();
	}
	expect((await running).map(({ json }) => json.index)).toEqual([0, 1, 2, 3, 4]);
});

it('pairs every output item with its input, several or none of one input too', async () => {
	const items = await runItems(executeContext(3), 2, async (index) =>
		Array.from({ length: index }, (_, part) => ({ json: { part } })),
	);
	expect(items).toEqual([
		{ json: { part: 0 }, pairedItem: { item: 1 } },
		{ json: { part: 0 }, pairedItem: { item: 2 } },
		{ json: { part: 1 }, pairedItem: { item: 2 } },
	]);
});

it('has as many items under way as allowed, and no more', async () => {
	let underWay = 0;
	let most = 0;
	await runItems(executeContext(50), 7, async () => {
		underWay += 1;
		most = Math.max(most, underWay);
		await settle();
		underWay -= 1;
		return [];
	});
	expect(most).toBe(7);
});

it('does nothing without items', async () => {
	const work = jest.fn();
	await expect(runItems(executeContext(0), 10, work)).resolves.toEqual([]);
	expect(work).not.toHaveBeenCalled();
});

describe('when an item fails', () => {
	const failing = async (index: number) => {
		await settle();
		if (index === 3) throw vendorError();
		return [{ json: { index } }];
	};

	it('throws with its index, and starts no further item', async () => {
		const work = jest.fn(failing);
		const error = await thrownBy(() => runItems(executeContext(100), 2, work));
		expect(error).toBeInstanceOf(NodeApiError);
		expect((error as NodeApiError).context.itemIndex).toBe(3);
		expect(work.mock.calls.length).toBeLessThanOrEqual(5);
	});

	it('waits for the items under way before it throws', async () => {
		const slow = deferred<void>();
		let isDone = false;
		const running = runItems(executeContext(2), 2, async (index) => {
			if (index === 0) throw vendorError();
			await slow.promise;
			return [];
		});
		void running.catch(() => {
			isDone = true;
		});
		await settle();
		expect(isDone).toBe(false);
		slow.resolve();
		await expect(running).rejects.toBeInstanceOf(NodeApiError);
	});

	it('with "Continue" makes it an error item in its place, and leaves the others alone', async () => {
		const items = await runItems(executeContext(5, { continueOnFail: true }), 2, failing);
		expect(items.map(({ json }) => json.index)).toEqual([0, 1, 2, undefined, 4]);
		expect(items[3]).toEqual({
			json: {
				error: 'The vendor said no',
				details: { errorCode: '83', httpStatus: 200 },
			},
			pairedItem: { item: 3 },
		});
	});

	it('with "Continue" gives the code null when the input was wrong', async () => {
		const items = await runItems(executeContext(1, { continueOnFail: true }), 1, async () => {
			throw new InputError('uuid must have 32 characters');
		});
		expect(items[0]?.json).toEqual({
			error: 'uuid must have 32 characters',
			details: { errorCode: null },
		});
	});
});

it('a stopped execution is never continued', async () => {
	const work = jest.fn(async () => {
		throw new CanceledError();
	});
	const running = runItems(executeContext(10, { continueOnFail: true }), 1, work);
	await expect(running).rejects.toThrow('The execution was stopped');
	expect(work).toHaveBeenCalledTimes(1);
});

it('an error of our own making does not pass as the fault of the vendor', async () => {
	const running = runItems(executeContext(1), 1, async () => {
		throw new TypeError('not a function');
	});
	await expect(running).rejects.toBeInstanceOf(NodeOperationError);
});
