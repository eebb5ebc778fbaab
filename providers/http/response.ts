import type { ResponseBody } from './responseBody';

/** The response to one request, whose body may still be on its way. */
export interface Response {
	/** Where it came from. */
	url: string;
	statusCode: number;
	statusMessage?: string;
	/** Names in lower case. */
	headers: Record<string, unknown>;
	body: ResponseBody;
}

/** Whether the HTTP status is a success: 200 to 299. */
export function isSuccess({ statusCode }: Pick<Response, 'statusCode'>): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/** The content type of a response; empty when it names none. */
export function contentTypeOf({ headers }: Pick<Response, 'headers'>): string {
	return String(headers['content-type'] ?? '');
}
