const UNIT_SECONDS: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };

/** The seconds of a duration as the Go language writes it, e.g. `1h30m`; `null` if it is none. */
export function parseGoDuration(value: unknown): number | null {
	const number = String.raw`\d+(?:\.\d+)?`;
	const unit = '(?:h|ms|us|ns|m|s)';
	if (typeof value !== 'string' || !new RegExp(`^(?:${number}${unit})+$`).test(value)) return null;
	let seconds = 0;
	for (const [, amount, name] of value.matchAll(new RegExp(`(${number})(${unit})`, 'g'))) {
		seconds += Number(amount) * (UNIT_SECONDS[name ?? ''] ?? 0);
	}
	return seconds;
}
