import type { HttpResponse } from '../../kit/provider';
import type { Condition, Place } from './description/schema';
import { textOf, valueAt } from './places';

/** The first of the conditions that a response meets; `undefined`: it meets no condition. */
export function conditionMet(
	conditions: Condition[],
	response: HttpResponse,
	now: number,
): Condition | undefined {
	return conditions.find((condition) => meets(condition, response, now));
}

function meets(condition: Condition, response: HttpResponse, now: number): boolean {
	const { status, redirect } = condition;
	if (status !== undefined && !status.includes(response.status)) return false;
	if (redirect !== undefined && !leadsTo(redirect, response)) return false;
	return meetsValue(condition, response, now);
}

function leadsTo(part: string, { status, headers }: HttpResponse): boolean {
	const isRedirect = status >= 300 && status < 400;
	return isRedirect && String([headers.location].flat()[0] ?? '').includes(part);
}

/** All values are compared as texts: `false` and 100 are `"false"` and `"100"`. */
function meetsValue(
	{ is, isNot, contains, missing, ...rest }: Condition,
	response: HttpResponse,
	now: number,
): boolean {
	const value = rest.body === true ? response.body : comparable(rest, response, now);
	const hasPlace = PLACES.some((key) => rest[key] !== undefined);
	if (!hasPlace) return true;
	if (missing === true) return value === null;
	if (value === null) return false;
	if (is !== undefined && !is.includes(value)) return false;
	if (isNot?.includes(value) === true) return false;
	return contains === undefined || value.includes(contains);
}

const PLACES: Array<keyof Place> = ['json', 'header', 'cookie', 'xml', 'form', 'body'];

function comparable(place: Place, response: HttpResponse, now: number): string | null {
	const value = valueAt(place, response, '', now);
	// A header is there, though nothing stands in it.
	if (typeof value === 'boolean' || (place.header !== undefined && value === ''))
		return String(value);
	return textOf(value);
}
