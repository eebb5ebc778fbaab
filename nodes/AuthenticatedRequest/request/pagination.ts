import type { IDataObject, IExecuteFunctions, PaginationOptions } from 'n8n-workflow';

import { InputError, ProviderError, VendorError } from '../../../providers';
import type { StreamedResponse } from './exchange';
import type { RequestOptions } from '../parameters/readOptions';
import { nextPage } from './nextPage';
import type { RequestSpec } from './requestSpec';

type PagedRequest = Parameters<
	IExecuteFunctions['helpers']['requestWithAuthenticationPaginated']
>[0];

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
	return {
		lastStatuses,
		inTermsOfN8n: {
			continue: continueExpression(stored, lastStatuses),
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

/** A page that is refused does not come this far, unless the user wants to see it. */
function continueExpression(stored: StoredPagination, lastStatuses: number[]): string {
	switch (stored.paginationCompleteWhen) {
		case 'receiveSpecificStatusCodes':
			return `={{ !${JSON.stringify(lastStatuses)}.includes($response.statusCode) }}`;
		case 'other': {
			const expression = /^=\{\{([\s\S]*)\}\}$/.exec(stored.completeExpression?.trim() ?? '')?.[1];
			if (expression === undefined) {
				throw new InputError('The "Complete Expression" of the pagination is empty or invalid', {
					description: 'Give an expression like {{ $response.body.next === null }}.',
				});
			}
			return `={{ !(${expression}) }}`;
		}
		default:
			return '={{ Array.isArray($response.body) ? $response.body.length : !!$response.body }}';
	}
}

/** What n8n's expressions see of an answer as `$response.body`. */
export type ViewOf = (response: StreamedResponse) => Promise<unknown>;

/**
 * Calls page after page, each through `requestPage`, and so each with a token and under the rule where a
 * token may go. n8n resolves the expressions and decides when to stop.
 */
export async function requestPages(
	context: IExecuteFunctions,
	itemIndex: number,
	spec: RequestSpec,
	{ inTermsOfN8n }: Pagination,
	requestPage: (spec: RequestSpec) => Promise<StreamedResponse>,
	viewOf: ViewOf,
): Promise<StreamedResponse[]> {
	const pages: StreamedResponse[] = [];
	let fault: unknown = null;
	const page = async (options: PagedRequest) => {
		const response = await requestPage(nextPage(spec, options));
		pages.push(response);
		return { ...response, body: await viewOf(response) };
	};
	const request = async (options: PagedRequest) =>
		await page(options).catch((error: unknown) => {
			fault = error;
			throw error;
		});
	const caller = Object.create(context, {
		helpers: { value: { ...context.helpers, request } },
	}) as IExecuteFunctions;
	const first = { ...spec, body: spec.body as PagedRequest['body'] };
	try {
		await context.helpers.requestWithAuthenticationPaginated.call(
			caller,
			first as unknown as PagedRequest,
			itemIndex,
			inTermsOfN8n,
		);
		return pages;
	} catch (error) {
		throw explain(fault ?? error);
	}
}

function explain(error: unknown): unknown {
	if (error instanceof ProviderError || !(error instanceof Error)) return error;
	const { type, statusCode } = error as { type?: unknown; statusCode?: unknown };
	if (type === 'invalid_url') {
		return new InputError('The URL of the next page is not valid', {
			description:
				'Make sure that "Next URL" gives an absolute URL while there is a next page, and that "Pagination Complete When" is true once there is none.',
		});
	}
	if (typeof statusCode === 'number') {
		return new VendorError(`The service answered HTTP ${statusCode} to a page`, {
			httpStatus: statusCode,
			vendorCode: String(statusCode),
			description:
				'Make sure that "Pagination Complete When" is true of such an answer, if it means that there are no more pages.',
		});
	}
	return error;
}
