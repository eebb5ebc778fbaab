import type { IExecuteFunctions } from 'n8n-workflow';

/** What an expression sees as `$response`. */
export interface ResponseView {
	body: unknown;
	headers: Record<string, unknown>;
	statusCode: number;
}

/** What an expression sees as `$request`, where it matters. */
type RequestView = Parameters<
	IExecuteFunctions['helpers']['requestWithAuthenticationPaginated']
>[0];

/**
 * Whether an expression about `$response` is true; one that throws is not. A node cannot hand `$response` to
 * an expression, but n8n's pagination evaluates its stop condition with it: so the response is paginated
 * through without a call being made, and the condition holds when a second page is asked for.
 */
export async function isTrueOfResponse(
	context: IExecuteFunctions,
	itemIndex: number,
	expression: string,
	response: ResponseView,
	view: RequestView = { uri: 'http://localhost', method: 'GET' },
): Promise<boolean> {
	let pages = 0;
	const request = async () => {
		pages += 1;
		return { ...response, statusCode: pages === 1 ? response.statusCode : 200 };
	};
	const paginate = context.helpers.requestWithAuthenticationPaginated;
	const caller = Object.create(context, {
		helpers: { value: { ...context.helpers, request } },
	}) as IExecuteFunctions;
	await paginate
		.call(caller, view, itemIndex, {
			continue: expression,
			request: {},
			requestInterval: 0,
			maxRequests: 2,
		})
		.catch((error: unknown) => {
			// Going on to a second page after a status that is no success is refused with that status.
			if ((error as { isAxiosError?: boolean }).isAxiosError !== true) throw error;
			pages += 1;
		});
	return pages > 1;
}
