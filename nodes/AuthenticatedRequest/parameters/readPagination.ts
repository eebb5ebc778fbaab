import type { IDataObject, IExecuteFunctions, PaginationOptions } from 'n8n-workflow';

import { InputError } from '../../../providers';
import type { RequestOptions } from './readOptions';

/** The option as it is stored, expressions not resolved: they are resolved after each page. */
interface StoredPagination {
	paginationMode?: 'off' | 'responseContainsNextURL' | 'updateAParameterInEachRequest';
	nextURL?: string;
	parameters?: { parameters?: Array<{ type: string; name: string; value: string }> };
	paginationCompleteWhen?: 'other' | 'receiveSpecificStatusCodes' | 'responseIsEmpty';
	statusCodesWhenComplete?: string | number;
	completeExpression?: string;
	limitPagesFetched?: boolean;
	maxRequests?: number;
	requestInterval?: number;
}

/** When to go on to another page, and with what. */
export interface Pagination {
	inTermsOfN8n: PaginationOptions;
	/** Statuses that say "no more pages", and so are no refusal. */
	lastStatuses: number[];
	/** The expression that is true of the last page, without its braces; `null`: there is none. */
	completeWhen: string | null;
}

/** The pagination of this node; `null` when it is off. @throws {InputError} */
export function readPagination(
	context: IExecuteFunctions,
	options: RequestOptions,
): Pagination | null {
	const stored = context.getNodeParameter('options.pagination.pagination', 0, null, {
		rawExpressions: true,
	}) as StoredPagination | null;
	if (stored === null || stored.paginationMode === undefined || stored.paginationMode === 'off') {
		return null;
	}
	const request =
		stored.paginationMode === 'responseContainsNextURL'
			? { url: stored.nextURL ?? '' }
			: changedParameters(stored);
	const lastStatuses = readLastStatuses(stored);
	const completeWhen = readCompleteWhen(stored);
	return {
		lastStatuses,
		completeWhen,
		inTermsOfN8n: {
			continue: continueExpression(stored, lastStatuses, completeWhen),
			request: request as PaginationOptions['request'],
			requestInterval: stored.requestInterval ?? 0,
			...(stored.limitPagesFetched === true && { maxRequests: stored.maxRequests ?? 100 }),
			...(options.responseFormat === 'file' && { binaryResult: true }),
		},
	};
}

function readLastStatuses(stored: StoredPagination): number[] {
	if (stored.paginationCompleteWhen !== 'receiveSpecificStatusCodes') return [];
	return String(stored.statusCodesWhenComplete ?? '')
		.split(',')
		.map((code) => parseInt(code.trim(), 10));
}

function changedParameters({ parameters }: StoredPagination): IDataObject {
	const changed: Record<string, IDataObject> = {};
	for (const { type, name, value } of parameters?.parameters ?? []) {
		if (name === '' || value === '') {
			throw new InputError('A pagination parameter has no name or no value', {
				description:
					'Fill in both, or remove it: a parameter that stays the same would fetch the same page for ever.',
			});
		}
		if (type !== 'body' && type !== 'headers' && type !== 'qs') {
			throw new InputError(`The pagination parameter "${name}" has an unknown type`, {
				description: 'Choose Body, Header or Query.',
			});
		}
		(changed[type] ??= {})[name] = value;
	}
	if (Object.keys(changed).length === 0) {
		throw new InputError('Pagination has no parameter to change', {
			description: 'Add the parameter that asks for the next page, or choose another mode.',
		});
	}
	return changed;
}

function readCompleteWhen(stored: StoredPagination): string | null {
	if (stored.paginationCompleteWhen !== 'other') return null;
	const expression = /^=\{\{([\s\S]*)\}\}$/.exec(stored.completeExpression?.trim() ?? '')?.[1];
	if (expression !== undefined) return expression;
	throw new InputError('The "Complete Expression" of the pagination is empty or invalid', {
		description: 'Give an expression like {{ $response.body.next === null }}.',
	});
}

/** A page that is refused does not come this far, unless the user wants to see it. */
function continueExpression(
	{ paginationCompleteWhen }: StoredPagination,
	lastStatuses: number[],
	completeWhen: string | null,
): string {
	if (completeWhen !== null) return `={{ !(${completeWhen}) }}`;
	return paginationCompleteWhen === 'receiveSpecificStatusCodes'
		? `={{ !${JSON.stringify(lastStatuses)}.includes($response.statusCode) }}`
		: '={{ Array.isArray($response.body) ? $response.body.length : !!$response.body }}';
}
