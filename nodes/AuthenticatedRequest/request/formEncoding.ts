/** Percent-encodes as RFC 3986 asks, which leaves `!'()*` no more than `encodeURIComponent` does. */
function encode(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

function pairs(name: string, value: unknown): string[] {
	if (value === undefined) return [];
	if (Array.isArray(value)) {
		return value.flatMap((inner, index) => pairs(`${name}[${index}]`, inner));
	}
	if (typeof value === 'object' && value !== null) {
		return Object.entries(value).flatMap(([key, inner]) => pairs(`${name}[${key}]`, inner));
	}
	return [`${encode(name)}=${value === null ? '' : encode(String(value))}`];
}

/** A body of type `application/x-www-form-urlencoded`; lists and objects as `a[0]=…` and `a[key]=…`. */
export function encodeForm(fields: object): string {
	return Object.entries(fields)
		.flatMap(([name, value]) => pairs(name, value))
		.join('&');
}
