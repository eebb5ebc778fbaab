export function median(numbers: number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/**
 * The median of the ratios of each round. The speed of the machine itself changes from minute to minute,
 * so that only what was measured in the same round can be compared.
 */
export function medianRatio(numerators: number[], denominators: number[]): number {
	return median(numerators.map((value, round) => value / (denominators[round] ?? NaN)));
}
