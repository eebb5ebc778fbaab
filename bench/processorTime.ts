/** Of one call, in milliseconds: what other processes do at the same time does not count. */
export function processorTime(work: () => unknown, times: number): number {
	const before = process.cpuUsage();
	for (let time = 0; time < times; time += 1) work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000 / times;
}
