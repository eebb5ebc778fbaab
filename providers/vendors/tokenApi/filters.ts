import { createHash, createHmac } from 'node:crypto';

import { InputError } from '../../kit/errors';
import { totp } from './totp';

type Value = string | Buffer;

type Filter = (value: Value, ...args: string[]) => Value;

const bytes = (value: Value) => (typeof value === 'string' ? Buffer.from(value, 'utf8') : value);

const hash =
	(algorithm: string): Filter =>
	(value, encoding = 'hex') =>
		createHash(algorithm).update(bytes(value)).digest(encodingNamed(encoding));

const hmac =
	(algorithm: string): Filter =>
	(value, key = '', encoding = 'hex') =>
		createHmac(algorithm, key).update(bytes(value)).digest(encodingNamed(encoding));

/** What a template can do with a value; hashes are in hex unless `'base64'` is asked for. */
const FILTERS: Record<string, Filter> = {
	md5: hash('md5'),
	sha1: hash('sha1'),
	sha256: hash('sha256'),
	sha512: hash('sha512'),
	hmacSha1: hmac('sha1'),
	hmacSha256: hmac('sha256'),
	hmacSha512: hmac('sha512'),
	base64: (value) => bytes(value).toString('base64'),
	base64Url: (value) => bytes(value).toString('base64url'),
	base64Decode: (value) => Buffer.from(value.toString(), 'base64'),
	utf16le: (value) => Buffer.from(value.toString(), 'utf16le'),
	urlEncode: (value) => encodeURIComponent(value.toString()),
	urlDecode: (value) => urlDecoded(value.toString()),
	upper: (value) => value.toString().toUpperCase(),
	lower: (value) => value.toString().toLowerCase(),
	before: (value, mark = '') => value.toString().split(mark)[0] ?? '',
	after: (value, mark = '') => value.toString().split(mark).slice(1).join(mark),
	totp: (value, seconds = '') => totp(value.toString(), Number(seconds)),
	ms: (value) => String(Number(value.toString()) * 1000),
	iso: (value) => dateOf(value).toISOString(),
	date: (value, format = 'yyyy-MM-dd HH:mm:ss', zone = 'Z') => formatted(value, format, zone),
};

/**
 * What a filter makes of a value.
 * @throws {InputError} when there is no filter of that name, or it takes no such value
 */
export function applyFilter(name: string, value: Value, args: string[]): Value {
	const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
	if (filter !== undefined) return filter(value, ...args);
	throw new InputError(`The credential uses the filter "${name}", which there is not`, {
		description: `Use one of ${Object.keys(FILTERS).join(', ')}.`,
	});
}

const ENCODINGS = ['hex', 'base64', 'base64url'] as const;

function encodingNamed(text: string): (typeof ENCODINGS)[number] {
	const found = ENCODINGS.find((encoding) => encoding === text);
	if (found !== undefined) return found;
	throw new InputError(`A filter of the credential names the encoding "${text}"`, {
		description: `Use one of ${ENCODINGS.map((one) => `'${one}'`).join(', ')}.`,
	});
}

/** A text that is no percent-encoding stays as it is. */
function urlDecoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Of Unix seconds. */
const dateOf = (value: Value) => {
	const date = new Date(Number(value.toString()) * 1000);
	if (!Number.isNaN(date.getTime())) return date;
	throw new InputError('A filter of the credential needs a time, and gets something else', {
		description: "Use it for the current time, such as {{now | date('yyyyMMdd')}}.",
	});
};

const OFFSET = /^([+-])(\d\d):(\d\d)$/;

function formatted(value: Value, format: string, zone: string): string {
	const [, sign, hours = '0', minutes = '0'] = OFFSET.exec(zone) ?? [];
	const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
	const iso = new Date(dateOf(value).getTime() + offset).toISOString();
	const [yyyy = '', MM = '', dd = '', HH = '', mm = '', ss = '', SSS = ''] = iso.split(/[-T:.Z]/);
	const parts: Record<string, string> = { yyyy, MM, dd, HH, mm, ss, SSS };
	return format.replace(/yyyy|MM|dd|HH|mm|ss|SSS/g, (part) => parts[part] ?? part);
}
