import type { IBinaryData } from 'n8n-workflow';

import type { VendorError } from '../../../providers';
import type { ResponseBody } from '../request/responseBody';

/** The body of a response, whole: a file in the storage of n8n, or bytes to be read as JSON or text. */
export type Taken =
	| { format: 'file'; file: IBinaryData }
	| { format: 'json' | 'text'; bytes: Buffer };

/** A response whose body may still be on its way. */
export interface StreamedResponse {
	/** Where it came from. */
	url: string;
	statusCode: number;
	statusMessage?: string;
	/** Names in lower case. */
	headers: Record<string, unknown>;
	body: ResponseBody;
	/** The body, once it has been taken in. */
	taken?: Taken;
	/** What the vendor's own code says, where the body was looked at and says no. */
	refusal?: VendorError;
}
