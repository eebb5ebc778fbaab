/** Milliseconds of each unit that a duration may be written in. */
const UNITS: Record<string, number> = {
	ms: 1,
	s: 1000,
	sec: 1000,
	second: 1000,
	m: 60_000,
	min: 60_000,
	minute: 60_000,
	h: 3_600_000,
	hour: 3_600_000,
	d: 86_400_000,
	day: 86_400_000,
	w: 604_800_000,
	week: 604_800_000,
};

/** A number and its unit, as in `1h30m`, `3600s` and `2 hours`. */
const PART = /^(\d+(?:\.\d+)?) ?([a-z]+)[ ,]*/i;

/** A duration of ISO 8601. */
const ISO = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

/** Hours, minutes and seconds, with days before them where there are some. */
const CLOCK = /^(?:(\d+)[. ])?(\d{1,2}):(\d\d):(\d\d)(?:\.\d+)?$/;

/** The duration in a text, such as `1h`, `3600s`, `PT1H` or `01:00:00`, in milliseconds; `null`: there is none. */
export function durationOf(text: string): number | null {
	const iso = ISO.exec(text);
	if (iso !== null && /\d/.test(text)) {
		const [weeks, days, hours, minutes, seconds] = iso.slice(1).map((part) => Number(part ?? 0));
		return sum(
			[weeks, 604_800_000],
			[days, 86_400_000],
			[hours, 3_600_000],
			[minutes, 60_000],
			[seconds, 1000],
		);
	}
	const clock = CLOCK.exec(text);
	if (clock !== null) {
		const [days, hours, minutes, seconds] = clock.slice(1).map((part) => Number(part ?? 0));
		return sum([days, 86_400_000], [hours, 3_600_000], [minutes, 60_000], [seconds, 1000]);
	}
	return partsOf(text);
}

function partsOf(text: string): number | null {
	let total = 0;
	let rest = text;
	while (rest !== '') {
		const [part, number, unit = ''] = PART.exec(rest) ?? [];
		const name = unit.toLowerCase();
		const ms = UNITS[name] ?? UNITS[name.replace(/s$/, '')];
		if (part === undefined || ms === undefined) return null;
		total += Number(number) * ms;
		rest = rest.slice(part.length);
	}
	return text === '' ? null : total;
}

const sum = (...parts: Array<[number | undefined, number]>) =>
	parts.reduce((total, [count = 0, ms]) => total + count * ms, 0);

/** As .NET wrote dates in JSON. */
const DOT_NET = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

/** Day, month and year with dots. */
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T](\d{1,2}:\d\d(?::\d\d)?))?$/;

const HAS_ZONE = /(?:Z|GMT|UTC|[+-]\d\d:?\d\d|\b[A-Z]{3,4})$/i;

/**
 * The time in a text, in Unix milliseconds; `NaN`: there is none.
 * @param zone the time zone for a text without one
 */
export function dateOf(text: string, zone = 'Z'): number {
	const [, ms] = DOT_NET.exec(text) ?? [];
	if (ms !== undefined) return Number(ms);
	const [, day, month = '', year, clock = '00:00'] = DOTTED.exec(text) ?? [];
	const time = clock.padStart(clock.length > 5 ? 8 : 5, '0');
	if (day !== undefined) {
		return Date.parse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time}${zone}`);
	}
	if (/^\d{4}-\d\d-\d\d/.test(text)) {
		const iso = text.replace(/^(\S+) (\d)/, '$1T$2').replace(/ (?=[+-Z])/, '');
		const full = iso.includes('T') ? iso : `${iso}T00:00`;
		return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(full) ? full : `${full}${zone}`);
	}
	return Date.parse(HAS_ZONE.test(text) ? text : `${text} GMT${zone === 'Z' ? '' : zone}`);
}
