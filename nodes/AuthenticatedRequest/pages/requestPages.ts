import { createHash } from 'node:crypto';

import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import {
	FormFields,
	InputError,
	type RequestSpec,
	type Response,
	VendorError,
} from '../../../providers';
import {
	invalidCompleteExpression,
	readInterval,
	type Changes,
	type Pagination,
} from '../read/readPagination';
import { isTrueOfResponse, type ResponseView } from '../output/evaluateOnResponse';
import { viewOfResponse } from '../output/readResponse';
import type { RequestOptions } from '../read/readOptions';
import { nextPage } from './nextPage';

type PagedRequest = Parameters<
	IExecuteFunctions['helpers']['requestWithAuthenticationPaginated']
>[0] & { given?: { changes: Changes; requestInterval?: unknown } };

/** What all pages of one item share. */
export interface PageContext {
	context: IExecuteFunctions;
	itemIndex: number;
	options: RequestOptions;
	/** Waits so many milliseconds, unless the execution is stopped. */
	pause: (ms: number) => Promise<void>;
}

/**
 * Calls page after page, each through `requestPage`, and so each with a token and under the rule where a
 * token may go. n8n resolves the expressions and decides when to stop.
 */
export async function requestPages(
	{ context, itemIndex, options: requestOptions, pause }: PageContext,
	spec: RequestSpec,
	{ inTermsOfN8n, completeWhen }: Pagination,
	requestPage: (spec: RequestSpec) => Promise<Response>,
): Promise<Response[]> {
	const { maxRequests = Infinity, request: changes } = inTermsOfN8n;
	const paths = Object.keys(changes.body ?? {});
	const pages: Response[] = [];
	const numbers = new Map<string, number>();
	let last: ResponseView | null = null;
	let fault: unknown = null;
	const page = async (options: PagedRequest) => {
		const next = nextPage(spec, options, paths);
		const hash = hashOf(next);
		const sameAs = numbers.get(hash);
		if (sameAs !== undefined) throw repeatedPage(pages.length + 1, sameAs);
		numbers.set(hash, pages.length + 1);
		if (pages.length > 0) {
			const { changes: given = {}, requestInterval } = options.given ?? {};
			assertGiven(given, pages.length + 1);
			await pause(readInterval(requestInterval));
		}
		const response = await requestPage(next);
		pages.push(response);
		last = { ...response, body: await viewOfResponse(context, response, requestOptions) };
		return last;
	};
	const request = async (options: PagedRequest) =>
		await page(options).catch((error: unknown) => {
			fault = error;
			throw error;
		});
	const caller = Object.create(context, {
		helpers: { value: { ...context.helpers, request } },
	}) as IExecuteFunctions;
	const first = { ...spec } as unknown as PagedRequest;
	try {
		await context.helpers.requestWithAuthenticationPaginated.call(
			caller,
			first,
			itemIndex,
			inTermsOfN8n,
		);
	} catch (error) {
		throw fault ?? explain(error, completeWhen !== null);
	}
	if (completeWhen !== null && last !== null && pages.length < Number(maxRequests)) {
		// n8n takes an expression that throws for one that says there are no more pages.
		const gives = `={{ [(${completeWhen})].length === 1 }}`;
		const isGiven = await isTrueOfResponse(context, itemIndex, gives, last, first);
		if (!isGiven) throw unreadablePage(pages.length);
	}
	return pages;
}

/** Tells whether two pages are one request. */
function hashOf({ method, uri, qs, headers, text, formData }: RequestSpec): string {
	const fields = formData && FormFields.entriesOf(formData);
	const whole = JSON.stringify([method, uri, qs, headers, text, fields]);
	return createHash('sha256').update(whole).digest('base64');
}

/** Of the first page there is no response before; after that a parameter that is left out is lost. */
function assertGiven(changes: Changes, number: number): void {
	for (const [name, value] of Object.values(changes).flatMap(Object.entries)) {
		if (value !== undefined && value !== null && value !== '') continue;
		throw new InputError(`The pagination parameter "${name}" gives nothing for page ${number}`, {
			description:
				'Check what its expression reads. Make sure that "Pagination Complete When" is true for the last page.',
		});
	}
}

function repeatedPage(number: number, sameAs: number): InputError {
	return new InputError(`Page ${number} would be the same request as page ${sameAs}`, {
		description:
			'Check what changes from page to page ("Next URL" or the pagination parameter): its expression gives nothing, or the same again. Make sure that "Pagination Complete When" is true for the last page.',
	});
}

function unreadablePage(number: number): InputError {
	return new InputError(`The "Complete Expression" of the pagination throws on page ${number}`, {
		description:
			'It reads something that this response does not have, so nobody knows whether there are more pages. Check it against what the service sent, e.g. {{ !$response.body.paging?.next }}.',
	});
}

/** What n8n throws while it paginates. */
function explain(error: unknown, hasCondition: boolean): unknown {
	const { type, statusCode } = error as { type?: unknown; statusCode?: unknown };
	if (type === 'invalid_url') {
		return new InputError('The URL of the next page is not valid', {
			description:
				'Make sure that "Next URL" gives an absolute URL while there is a next page, and that "Pagination Complete When" is true once there is none.',
		});
	}
	if (typeof statusCode === 'number') {
		return new VendorError(`The service responded with HTTP ${statusCode} to a page`, {
			httpStatus: statusCode,
			vendorCode: String(statusCode),
			description:
				'Make sure that "Pagination Complete When" is true for such a response, if it means that there are no more pages.',
		});
	}
	return hasCondition && !(error instanceof NodeOperationError)
		? invalidCompleteExpression()
		: error;
}
