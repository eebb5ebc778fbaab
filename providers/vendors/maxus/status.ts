import { scalarText } from '../../kit/json';

/** The `status` of a response in which Maxus says that it did what was asked. */
export const SUCCESS = 1;
export const FAILURE = 0;

export const TRY_LATER = 'Try again later; if this continues, ask Maxus.';

/** The `status` of a response; `null`: the response does not say. */
export function readStatus({ status }: Record<string, unknown>): number | null {
	const text = scalarText(status);
	return text === '0' || text === '1' ? Number(text) : null;
}

/** Why Maxus refused, in its own words; empty when it does not say. */
export function errMsg(parsed: Record<string, unknown>): string {
	return typeof parsed.errMsg === 'string' ? parsed.errMsg.trim() : '';
}
