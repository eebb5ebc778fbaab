import { readFileSync, writeFileSync } from 'node:fs';

/** Whether this system tells the highest memory use of a process. */
export const canMeasureMemory = process.platform === 'linux';

/** The megabytes by which a process came to hold more memory at its highest than before the work. */
export async function peakGrowth(pid: number, work: () => Promise<void>): Promise<number> {
	// Makes the kernel forget the highest use so far.
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	const before = megabytes(pid, 'VmRSS');
	await work();
	return megabytes(pid, 'VmHWM') - before;
}

function megabytes(pid: number, name: string): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
}
