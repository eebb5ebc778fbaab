const UNIT_SECONDS: Record<string, number> = {
	h: 3600,
	m: 60,
	s: 1,
	ms: 1e-3,
	us: 1e-6,
	µs: 1e-6,
	μs: 1e-6,
	ns: 1e-9,
};

const AMOUNT = String.raw`(?:\d+\.?\d*|\.\d+)`;
const UNIT = '(?:h|ms|us|µs|μs|ns|m|s)';
const WHOLE = new RegExp(`^([+-]?)((?:${AMOUNT}${UNIT})+)$`);

/**
 * The seconds of a duration as the Go language reads it, e.g. `1h30m`, `+15m` or `.5h`; `null` if it is
 * none.
 */
export function parseGoDuration(text: string): number | null {
	if (/^[+-]?0$/.test(text)) return 0;
	const [, sign, parts] = WHOLE.exec(text) ?? [];
	if (parts === undefined) return null;
	let seconds = 0;
	for (const [, amount, unit] of parts.matchAll(new RegExp(`(${AMOUNT})(${UNIT})`, 'g'))) {
		seconds += Number(amount) * (UNIT_SECONDS[unit ?? ''] ?? 0);
	}
	return sign === '-' ? -seconds : seconds;
}
