import type { IDataObject, IHttpRequestMethods, INodeProperties } from 'n8n-workflow';

import type { Credentials } from '../../providers';
import type { Parameters } from './parameters';

/** The request that an operation of a vendor's node makes for one item. */
export interface VendorRequest {
	method: IHttpRequestMethods;
	/** A path below the base URL of the credential, or an absolute URL. */
	url: string;
	/** A value that is `undefined` or `''` is left out; of a list each value has the name. */
	query?: Record<string, unknown>;
	/** JSON. */
	body?: unknown;
	/** Sent as `application/x-www-form-urlencoded`, in the place of a body. */
	form?: Record<string, unknown>;
	/** The name of a binary field of the item, sent as `multipart/form-data`. */
	file?: { field: string; binaryProperty: string };
	/** What of the response becomes the item; a list becomes one item for each entry. Without it: the whole response. */
	output?: (response: unknown) => unknown;
	/** The request for the next page, whose output comes after this one's; `null`: this was the last. */
	next?: (response: unknown) => VendorRequest | null;
}

/** One operation: reads the parameters of an item, and says which request to make. @throws {InputError} */
export type Operation<C extends Credentials = Credentials> = (
	parameters: Parameters,
	credentials: C,
) => VendorRequest;

/** A resource of a vendor's node: what the form shows of it, and its operations by their values. */
export interface Resource<C extends Credentials = Credentials> {
	/** As the form and the vendor call it. */
	name: string;
	/** What it is, in a sentence for a model that uses the node as a tool; where the name does not say so. */
	about?: string;
	/** The choice of the operation, then the fields of the operations. */
	properties: INodeProperties[];
	/** Whether its calls are signed, in the place of a token. */
	isSigned?: boolean;
	/** The operations whose output gives access to an account, and so is not for a model. */
	secretOperations?: string[];
	operations: Record<string, Operation<C>>;
}

/** A path whose values are encoded, so that none of them can lead elsewhere. */
export function path(parts: TemplateStringsArray, ...values: string[]): string {
	return parts.reduce((done, part, index) => {
		const value = encodeURIComponent(values[index - 1] ?? '');
		// A browser and a server read these as "here" and "one up".
		return `${done}${value === '.' || value === '..' ? value.replaceAll('.', '%2E') : value}${part}`;
	});
}

/** The member of an object, however deep; `undefined` where there is none. */
export function member(value: unknown, ...names: string[]): unknown {
	return names.reduce<unknown>((inner, name) => {
		const isObject = typeof inner === 'object' && inner !== null;
		return isObject ? (inner as IDataObject)[name] : undefined;
	}, value);
}

/** The member `data`, in which most vendors wrap what they give. */
export const dataOf = (response: unknown): unknown => member(response, 'data');

/** The list that is a member of an object, however deep; an empty one where there is none. */
export function entriesOf(value: unknown, ...names: string[]): unknown[] {
	const entries = member(value, ...names);
	return Array.isArray(entries) ? entries : [];
}

/** Only these members of an object, or of each object of a list. */
export function only(value: unknown, names: string[]): unknown {
	if (Array.isArray(value)) return value.map((one) => only(one, names));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}
