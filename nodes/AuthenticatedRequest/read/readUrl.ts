import { InputError } from '../../../providers';
import { refuseValue } from './refuseValue';
import { textOf } from './text';
import { cut } from '../../shared/choices';

const URL_HINT = 'Give an absolute URL, or a path below the base URL of the credential.';

/**
 * An absolute `http(s)` URL as it is, anything else as a path below the base URL.
 * @throws {InputError} when `url` is empty, has another scheme, or cannot be meant as it is
 */
export function resolveUrl(url: unknown, baseUrl: string): string {
	if (url !== undefined && url !== null && typeof url !== 'string') refuseValue('The URL', url);
	const text = textOf(url, 'The URL').trim();
	if (text === '') throw new InputError('The URL is empty', { description: URL_HINT });
	assertMeant(text);
	// A browser would take a backslash for a slash, and so lead to another place.
	const exact = text.replaceAll('\\', '%5C');
	const absolute = /^https?:\/\//i.test(exact) ? exact : `${baseUrl}/${exact.replace(/^\/+/, '')}`;
	if (!URL.canParse(absolute)) {
		throw new InputError('The URL is not valid', { description: URL_HINT });
	}
	return absolute;
}

function assertMeant(text: string): void {
	const isAbsolute = /^https?:\/\//i.test(text);
	if (!isAbsolute && (/^[a-z][a-z\d+.-]*:\/\//i.test(text) || /^https?:/i.test(text))) {
		throw new InputError('The URL must begin with https:// or http://', { description: URL_HINT });
	}
	if (/\p{Cc}/u.test(text)) {
		throw new InputError('The URL holds a line break, a tab or another control character', {
			description: 'Remove it, or encode it with encodeURIComponent if it belongs to a value.',
		});
	}
	if (text.includes('{{')) {
		throw new InputError('The URL holds an expression that was not resolved', {
			description: 'Switch the field "URL" from Fixed to Expression.',
		});
	}
	const missing = missingValue(text);
	if (missing !== undefined) {
		throw new InputError(`The URL holds "${missing}" in the place of a value`, {
			description: 'An expression in it gives nothing for this item. Check the field it reads.',
		});
	}
	const host = isAbsolute ? undefined : leadingHost(text);
	if (host !== undefined) {
		throw new InputError(`It is not clear whether "${cut(host)}" in the URL is a host or a path`, {
			description: `Begin the URL with https:// if it is a host, and with / if it is a path below the base URL of the credential.`,
		});
	}
}

/** What JavaScript writes where an expression gives no text: a whole part of the path, or an object. */
function missingValue(text: string): string | undefined {
	if (text.includes('[object Object]')) return '[object Object]';
	const path = text.split(/[?#]/, 1)[0] ?? '';
	return path.split('/').find((part) => ['undefined', 'null', 'NaN'].includes(part));
}

/** Endings of files that services answer by; as ends of host names they are rare or do not exist. */
const FILE = /\.(?:action|aspx?|ashx|asmx|cgi|csv|do|html?|json|jsp|pdf|php\d?|svc|txt|wsdl|xml)$/i;

/** A name with an end that hosts have. Methods are named alike, such as `chat.postMessage` and `users.list`. */
const HOST =
	/^(?:[a-z\d-]+\.)+(?:[a-z]{2}|com|net|org|info|biz|edu|gov|app|dev|cloud|online|site|tech|xyz|local|internal|lan|corp|home|test|example|invalid)$/i;

/** The first part of a path where it looks like a host: `api.example.com/x`, `10.0.0.1`, `localhost:80`. */
function leadingHost(text: string): string | undefined {
	const first = /^[^/?#]*/.exec(text)?.[0] ?? '';
	const isHost =
		/^[a-z\d.-]+:\d+$/i.test(first) ||
		/^(?:\d{1,3}\.){3}\d{1,3}$/.test(first) ||
		/^localhost$/i.test(first) ||
		/^\[[\da-f:.]+\](?::\d+)?$/i.test(first) ||
		(HOST.test(first) && !FILE.test(first));
	return isHost ? first : undefined;
}
