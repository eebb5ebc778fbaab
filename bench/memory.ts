import { readFileSync, writeFileSync } from 'node:fs';
import { markdownTable, ratio } from './markdown';
import type { Options } from './options';
import { timeOnce } from './rounds';
import { withN8n, type Stage } from './stage';
import { fresh, pair, plain, reuse } from './ways';

/**
 * The most memory the n8n process has at once while it runs a way. Each has a process of its own: one
 * that has grown does not become small again.
 */
export async function compareMemory(stage: Stage, { items, isShort }: Options): Promise<string> {
	const count = items.at(-1) ?? 0;
	const all = [plain(stage), fresh(stage), reuse(stage), pair(stage)];
	const peaks: Array<{ name: string; idle: number; peak: number }> = [];
	for (const way of isShort ? all.slice(0, 2) : all) {
		const measured = await withN8n(async (host) => {
			const { pid } = host.n8n;
			await timeOnce(stage, host, way, { delay: 0, items: 1 });
			// The kernel's peak counts from here on.
			writeFileSync(`/proc/${pid}/clear_refs`, '5');
			const idle = peakMemory(pid);
			await timeOnce(stage, host, way, { delay: 0, items: count });
			return { name: way.name, idle, peak: peakMemory(pid) };
		});
		peaks.push(measured);
	}
	const [baseline] = peaks;
	const rows = peaks.map(({ name, idle, peak }) => [
		name,
		`${Math.round(idle)} MB`,
		`${Math.round(peak)} MB`,
		ratio(peak / (baseline?.peak ?? NaN)),
	]);
	return markdownTable([`${count} items, memory of n8n`, 'before', 'peak', '÷ no token'], rows);
}

function peakMemory(pid: number): number {
	const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return Number(kilobytes) / 1024;
}
