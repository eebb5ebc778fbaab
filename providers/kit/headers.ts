import { InputError } from './errors';

/** The header of a call with a bearer token (RFC 6750), with the one space that ServiceComb insists on. */
export function bearerHeader(token: string) {
	return { name: 'Authorization', value: `Bearer ${token}` };
}

/** `headers` with `added` in the place of any header of the same name, however it is written. */
export function withHeaders<V>(headers: object, added: Record<string, V>) {
	const names = new Set(Object.keys(added).map((name) => name.toLowerCase()));
	return {
		...Object.fromEntries(
			Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase())),
		),
		...added,
	};
}

/** @throws {InputError} where another host than that of the URL would get the token */
export function assertNoHost(names: string[]): void {
	if (!names.some((name) => name.trim().toLowerCase() === 'host')) return;
	throw new InputError('The header "Host" cannot be set by hand', {
		description:
			'Remove it: it is the host of the URL. By another name, the token would reach another service.',
	});
}
