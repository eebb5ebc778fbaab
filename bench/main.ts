import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { Client } from '../host/client';
import { installHost } from '../host/install';
import { claimFolder } from '../host/lock';
import { startN8n } from '../host/n8n';
import { installPackage, packPackage } from '../host/pack';
import { CACHE } from '../host/step';
import { table } from '../host/table';
import { startSandbox } from '../sandbox';
import { maxusWays, serviceCombWays, type Way } from './workflows';

const { values } = parseArgs({
	options: {
		items: { type: 'string', default: '1000' },
		rounds: { type: 'string', default: '5' },
	},
});

/**
 * Compares the ways to call a vendor in one real n8n, in turn, round after round: what counts is the
 * ratio to two HTTP Request nodes, since the machine's own speed changes from minute to minute.
 */
async function main(): Promise<void> {
	const items = Number(values.items);
	const userFolder = join(CACHE, 'bench');
	await installHost();
	claimFolder(userFolder);
	await installPackage(await packPackage(), userFolder);
	const sandbox = await startSandbox();
	sandbox.faults.maxusRateLimit = 0;
	const n8n = await startN8n({ userFolder });
	try {
		const client = new Client(n8n.url);
		await client.logIn();
		const maxus = await client.saveCredential(
			'maxusApi',
			'bench Maxus',
			sandbox.credentials.maxusApi,
		);
		const serviceComb = await client.saveCredential(
			'serviceCombApi',
			'bench ServiceComb',
			sandbox.credentials.serviceCombApi,
		);
		await compare(client, `Maxus, ${items} items`, maxusWays(sandbox, items, maxus));
		await compare(
			client,
			`ServiceComb, ${items} items`,
			serviceCombWays(sandbox, items, serviceComb),
		);
		console.log(`Peak memory of n8n: ${peakMemory(n8n.pid)}`);
	} finally {
		await n8n.stop();
		await sandbox.close();
	}
}

async function compare(client: Client, title: string, ways: Way[]): Promise<void> {
	const saved = await Promise.all(ways.map(({ workflow }) => client.saveWorkflow(workflow)));
	const times = ways.map((): number[] => []);
	// The first round warms up and does not count.
	for (let round = 0; round <= Number(values.rounds); round += 1) {
		for (const [index, workflow] of saved.entries()) {
			const execution = await client.runWorkflow(workflow);
			if (execution.status !== 'success') throw new Error(JSON.stringify(execution.data));
			const nodes = Object.entries(execution.data.resultData.runData);
			const measured = nodes.filter(([name]) => name !== 'Start' && name !== 'Items');
			const ms = measured.reduce((sum, [, [run]]) => sum + (run?.executionTime ?? 0), 0);
			if (round > 0) times[index]?.push(ms);
		}
	}
	const baseline = times[ways.findIndex(({ isBaseline }) => isBaseline)] ?? [];
	const rows = ways.map(({ name }, index) => {
		const own = times[index] ?? [];
		const ratios = own.map((ms, round) => ms / (baseline[round] ?? NaN));
		return [name, `${Math.round(median(own))} ms`, median(ratios).toFixed(2)];
	});
	console.log(`\n${title}, ${values.rounds} rounds\n${table(['Way', 'Median', 'Ratio'], rows)}`);
}

function median(numbers: number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function peakMemory(pid: number): string {
	const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return `${Math.round(Number(kilobytes) / 1024)} MB`;
}

void main();
