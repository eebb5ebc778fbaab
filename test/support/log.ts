import type { Log, LogFields } from '../../providers/kit/log';

/** One line of a {@link recordingLog}. */
export interface Line {
	level: keyof Log;
	text: string;
	fields: LogFields;
}

/** A log that nobody reads. */
export const silentLog: Log = { debug() {}, info() {}, warn() {} };

/** A log that keeps its lines. */
export function recordingLog(): { log: Log; lines: Line[] } {
	const lines: Line[] = [];
	const keep =
		(level: keyof Log) =>
		(text: string, fields: LogFields = {}) =>
			lines.push({ level, text, fields });
	return { log: { debug: keep('debug'), info: keep('info'), warn: keep('warn') }, lines };
}
