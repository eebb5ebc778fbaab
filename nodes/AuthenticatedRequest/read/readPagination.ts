import type { PaginationOptions } from 'n8n-workflow';

import { InputError } from '../../../providers';
import { readNumber } from '../../shared/readNumber';
import { conditionIn, isTrueOf } from './condition';
import { nameOf } from './text';
import { cut, readChoice, readSwitch } from '../../shared/choices';
import { headerName } from './readHeaders';
import type { RequestOptions } from './readOptions';
import type { NodeParameters } from './nodeParameters';

/** The option as it is stored. Expressions are not resolved: those about `$response` are after each page. */
interface StoredPagination {
	paginationMode?: unknown;
	nextURL?: unknown;
	parameters?: { parameters?: Array<Record<'type' | 'name' | 'value', unknown>> };
	paginationCompleteWhen?: unknown;
	statusCodesWhenComplete?: unknown;
	completeExpression?: unknown;
	limitPagesFetched?: unknown;
	maxRequests?: unknown;
	requestInterval?: unknown;
}

/** What changes from page to page, by where it is set and by its name. */
export type Changes = Partial<Record<'body' | 'headers' | 'qs', Record<string, unknown>>>;

/** When to go on to another page, and with what. */
export interface Pagination {
	inTermsOfN8n: PaginationOptions;
	/** Statuses that say "no more pages", and so are no refusal. */
	lastStatuses: number[];
	/** The expression that is true for the last page, without its braces; `null`: not given. */
	completeWhen: string | null;
}

type Once = (value: unknown) => unknown;

/** The pagination of one item; `null` when it is off. @throws {InputError} */
export function readPagination(
	{ raw, resolve }: NodeParameters,
	options: RequestOptions,
): Pagination | null {
	const stored = raw('options.pagination.pagination', null) as StoredPagination | null;
	if (stored === null) return null;
	/** Resolves what holds for all pages. */
	const once: Once = (value) => (isExpression(value) ? resolve(value.slice(1)) : value);
	const mode = readChoice(
		once(stored.paginationMode),
		'Pagination Mode',
		['off', 'responseContainsNextURL', 'updateAParameterInEachRequest'],
		'updateAParameterInEachRequest',
	);
	if (mode === 'off') return null;
	const changes: Changes =
		mode === 'responseContainsNextURL' ? {} : readChanges(stored, options.lowercaseHeaders, once);
	const { requestInterval } = stored;
	if (!isExpression(requestInterval)) readInterval(requestInterval);
	const until = readChoice(
		once(stored.paginationCompleteWhen),
		'Pagination Complete When',
		['other', 'receiveSpecificStatusCodes', 'responseIsEmpty'],
		'responseIsEmpty',
	);
	const lastStatuses =
		until === 'receiveSpecificStatusCodes'
			? readStatuses(once(stored.statusCodesWhenComplete))
			: [];
	const completeWhen = until === 'other' ? readCompleteWhen(stored.completeExpression) : null;
	const isLimited = readSwitch(once(stored.limitPagesFetched), 'Limit Pages Fetched', false);
	return {
		lastStatuses,
		completeWhen,
		inTermsOfN8n: {
			continue: continueExpression(lastStatuses, completeWhen),
			request: {
				...(mode === 'responseContainsNextURL' ? { url: stored.nextURL ?? '' } : changes),
				// n8n passes it on resolved, what gives nothing too, which is missing in the rest.
				given: { changes, requestInterval },
			} as unknown as PaginationOptions['request'],
			requestInterval: 0,
			...(isLimited && {
				maxRequests: readNumber(once(stored.maxRequests), 'Max Pages', 100, 1, 'whole number'),
			}),
			...(options.responseFormat === 'file' && { binaryResult: true }),
		},
	};
}

/** Milliseconds between two pages. @throws {InputError} */
export function readInterval(value: unknown): number {
	return readNumber(value, 'Request Interval (Ms)', 0);
}

const isExpression = (value: unknown): value is string =>
	typeof value === 'string' && value.startsWith('=');

function readStatuses(value: unknown): number[] {
	const codes = nameOf(value, '"Status Code(s) When Complete"')
		.split(',')
		.map((code) => code.trim())
		.filter((code) => code !== '');
	const wrong = codes.find((code) => !/^[1-9]\d\d$/.test(code));
	if (codes.length > 0 && wrong === undefined) return codes.map(Number);
	throw new InputError(
		wrong === undefined
			? '"Status Code(s) When Complete" is empty'
			: `"Status Code(s) When Complete" cannot be "${cut(wrong)}"`,
		{ description: 'List status codes of three digits, separated by commas, e.g. 404, 410.' },
	);
}

function readChanges({ parameters }: StoredPagination, inLowerCase: boolean, once: Once): Changes {
	const changes: Changes = {};
	for (const stored of parameters?.parameters ?? []) {
		const given = nameOf(once(stored.name), 'The name of a pagination parameter');
		const { value } = stored;
		if (given.trim() === '' || value === '' || value === null || value === undefined) {
			throw new InputError('A pagination parameter has no name or no value', {
				description:
					'Fill in both, or remove it: a parameter that stays the same would fetch the same page forever.',
			});
		}
		const type = once(stored.type);
		if (type !== 'body' && type !== 'headers' && type !== 'qs') {
			throw new InputError(`The pagination parameter "${cut(given)}" has an unknown type`, {
				description: 'Choose Body, Header or Query.',
			});
		}
		const name = type === 'headers' ? headerName(given, inLowerCase) : given;
		// n8n would lose the one, and a body knows its type by itself.
		if (name === '__proto__' || (type === 'headers' && /^content-type$/i.test(name))) {
			throw new InputError(`A pagination parameter cannot have the name "${name}"`, {
				description: 'It cannot change from page to page. Remove it.',
			});
		}
		const ofType = (changes[type] ??= {});
		if (Object.keys(ofType).some((other) => isSame(type, other, name))) {
			throw new InputError(`The pagination parameter "${cut(name)}" is given more than once`, {
				description: 'Keep one of them.',
			});
		}
		ofType[name] = value;
	}
	if (Object.keys(changes).length === 0) {
		throw new InputError('Pagination has no parameter to change', {
			description: 'Add the parameter that asks for the next page, or choose another mode.',
		});
	}
	return changes;
}

const isSame = (type: string, a: string, b: string) =>
	a === b || (type === 'headers' && a.toLowerCase() === b.toLowerCase());

function readCompleteWhen(expression: unknown): string {
	const condition = conditionIn(expression);
	if (condition !== null) return condition;
	throw invalidCompleteExpression();
}

/** What n8n cannot read turns out after the first page. */
export function invalidCompleteExpression(): InputError {
	return new InputError('The "Complete Expression" of the pagination is empty or invalid', {
		description: 'Give one expression, like {{ $response.body.next === null }}.',
	});
}

/** A page that is refused does not come this far, unless the user wants to see it. */
function continueExpression(lastStatuses: number[], completeWhen: string | null): string {
	if (completeWhen !== null) return `={{ !(${isTrueOf(completeWhen)}) }}`;
	return lastStatuses.length > 0
		? `={{ !${JSON.stringify(lastStatuses)}.includes($response.statusCode) }}`
		: '={{ Array.isArray($response.body) ? $response.body.length : !!$response.body }}';
}
