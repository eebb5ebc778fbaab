/** What stands beside the text of a log line, to search by. Never a user name, a secret, a token or a URL. */
export type LogFields = Record<string, string | number>;

/**
 * Where log lines go: n8n's own logger. `debug` is for what is usual, `info` for logins, `warn` for refusals, locks
 * and long waits.
 */
export interface Log {
	debug: (text: string, fields?: LogFields) => void;
	info: (text: string, fields?: LogFields) => void;
	warn: (text: string, fields?: LogFields) => void;
}
