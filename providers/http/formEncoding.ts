/** How a list is written: as `a[0]=…&a[1]=…`, `a[]=…&a[]=…` or `a=…&a=…`. */
export type ArrayFormat = 'brackets' | 'indices' | 'repeat';

/** Percent-encodes as RFC 3986 asks, which leaves `!'()*` no more than `encodeURIComponent` does. */
function encode(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

const LIST_NAMES: Record<ArrayFormat, (name: string, index: number) => string> = {
	brackets: (name) => `${name}[]`,
	indices: (name, index) => `${name}[${index}]`,
	repeat: (name) => name,
};

function pairs(name: string, value: unknown, lists: ArrayFormat): string[] {
	if (value === undefined) return [];
	if (Array.isArray(value)) {
		return value.flatMap((inner, index) => pairs(LIST_NAMES[lists](name, index), inner, lists));
	}
	if (typeof value === 'object' && value !== null) {
		return Object.entries(value).flatMap(([key, inner]) => pairs(`${name}[${key}]`, inner, lists));
	}
	return [`${encode(name)}=${value === null ? '' : encode(String(value))}`];
}

/**
 * The body of a form in `application/x-www-form-urlencoded`, or a query; objects as `a[key]=…`. n8n's own
 * way, by axios, loses parameters with a name such as `constructor`.
 */
export function encodeForm(
	fields: Iterable<readonly [name: string, value: unknown]>,
	lists: ArrayFormat = 'indices',
): string {
	return [...fields].flatMap(([name, value]) => pairs(name, value, lists)).join('&');
}

/** `uri` with more parameters behind those of its own. */
export function withQuery(uri: string, query: object, lists?: ArrayFormat): string {
	const more = encodeForm(Object.entries(query), lists);
	if (more === '') return uri;
	const target = uri.split('#', 1)[0] ?? '';
	return `${target}${target.includes('?') ? '&' : '?'}${more}`;
}
