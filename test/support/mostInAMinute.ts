/** The largest number of these times in any 60 seconds, both ends included. */
export function mostInAMinute(times: number[]): number {
	const sorted = [...times].sort((a, b) => a - b);
	let most = 0;
	let first = 0;
	sorted.forEach((time, index) => {
		while ((sorted[first] ?? time) < time - 60_000) first += 1;
		most = Math.max(most, index - first + 1);
	});
	return most;
}
