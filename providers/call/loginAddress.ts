import { FormFields, type RequestSpec } from '../http/requestSpec';
import { decoded, plainParts } from '../kit/decoded';
import { InputError } from '../kit/errors';
import type { Credentials, Provider } from '../kit/provider';

/**
 * A call that a model asks for must not be the login of the credential: each wrong guess would count against the
 * account, and a right one would give the model a token. What some server takes for the same address is the same.
 * @throws {InputError} when it is
 */
export function assertNoLogin(
	provider: Provider,
	credentials: Credentials,
	spec: RequestSpec,
): void {
	const asked = plainUrl(spec.uri);
	const isLogin =
		provider.loginUrls({ credentials }).some((url) => isSame(asked, plainUrl(url))) ||
		provider.namesLogin?.({ credentials, texts: [asked.path, ...textsOf(spec)] }) === true;
	if (!isLogin) return;
	throw new InputError(`A tool does not call the login of ${provider.displayName}`, {
		description: 'The node logs in by itself.',
		forCaller:
			'This is the address of the login, which is not to be called: the tool logs in by itself.',
	});
}

interface PlainUrl {
	host: string;
	path: string;
}

/** The same path is the login on any host: one machine has many names. The root of a host is its own. */
function isSame(asked: PlainUrl, login: PlainUrl): boolean {
	const isSamePath =
		asked.path === login.path || asked.path.replace(FORMAT, '') === login.path.replace(FORMAT, '');
	return isSamePath && (login.path !== '' || asked.host === login.host);
}

/** By which a client of some frameworks says what it wants back, as in `/login.json`. */
const FORMAT = /\.(?:json|xml|html?)$/;

/** A URL as servers and the proxies before them may understand it, in one spelling. */
function plainUrl(url: string): PlainUrl {
	const { host, pathname } = new URL(url);
	const parts: string[] = [];
	// A proxy that decodes a path takes what follows such a mark for a query.
	const [path = ''] = decoded(pathname).split(/[?#]/, 1);
	for (const part of plainParts(path)) {
		// Java's servers cut off what follows a semicolon, others dots at the end.
		const [name = ''] = part.toLowerCase().split(';', 1);
		if (name === '..') parts.pop();
		else if (withoutDots(name) !== '') parts.push(withoutDots(name));
	}
	return { host: host.replace(/\.(?=$|:)/, ''), path: parts.join('/') };
}

function withoutDots(name: string): string {
	let { length } = name;
	while (name[length - 1] === '.') length -= 1;
	return name.slice(0, length);
}

/** All texts of a call in which a service may look for the name of what is called. */
function textsOf({ uri, qs, form, formData, body, text, raw }: RequestSpec): string[] {
	const fields = [form, formData].flatMap((one) =>
		one === undefined ? [] : FormFields.entriesOf<unknown>(one),
	);
	const values = [...Object.values(qs), ...fields.map(([, value]) => value)];
	// Parsed, JSON has no more escapes.
	return [new URL(uri).search, body ?? text, raw, ...values].flatMap((value) => {
		if (typeof value === 'string') return [decoded(value)];
		if (value instanceof Uint8Array) return [new TextDecoder().decode(value)];
		return typeof value === 'object' ? [JSON.stringify(value) ?? ''] : [String(value)];
	});
}
