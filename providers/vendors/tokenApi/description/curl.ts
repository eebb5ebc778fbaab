import { InputError } from '../../../kit/errors';

/** A request that a cURL command makes. */
export interface CurlRequest {
	method?: string;
	url: string;
	headers: Array<[name: string, value: string]>;
	/** The parts of its body, joined by `&`. */
	data: string[];
	isJson: boolean;
	/** Whether the data go into the query. */
	isGet: boolean;
	/** `name:password`. */
	user?: string;
}

/** Options that take a value, and what it is for. */
const WITH_VALUE: Record<
	string,
	| 'method'
	| 'header'
	| 'data'
	| 'encoded'
	| 'json'
	| 'user'
	| 'cookie'
	| 'agent'
	| 'referer'
	| 'url'
	| 'form'
	| 'ignored'
> = {
	'-X': 'method',
	'--request': 'method',
	'-H': 'header',
	'--header': 'header',
	'-d': 'data',
	'--data': 'data',
	'--data-raw': 'data',
	'--data-ascii': 'data',
	'--data-binary': 'data',
	'--data-urlencode': 'encoded',
	'--json': 'json',
	'-u': 'user',
	'--user': 'user',
	'-b': 'cookie',
	'--cookie': 'cookie',
	'-A': 'agent',
	'--user-agent': 'agent',
	'-e': 'referer',
	'--referer': 'referer',
	'--url': 'url',
	'-F': 'form',
	'--form': 'form',
	'-o': 'ignored',
	'--output': 'ignored',
	'-m': 'ignored',
	'--max-time': 'ignored',
	'--connect-timeout': 'ignored',
	'-c': 'ignored',
	'--cookie-jar': 'ignored',
	'-w': 'ignored',
	'--write-out': 'ignored',
	'-x': 'ignored',
	'--proxy': 'ignored',
	'--retry': 'ignored',
	'-E': 'ignored',
	'--cert': 'ignored',
	'--key': 'ignored',
	'--cacert': 'ignored',
};

/** @throws {InputError} when a text is no cURL command that can be made here */
export function parseCurl(text: string): CurlRequest {
	const words = shellWords(text.trim());
	if (!/^curl(?:\.exe)?$/i.test(words[0] ?? '')) {
		throw new InputError('The cURL command does not begin with "curl"', {
			description: 'Paste the whole command, as "Copy as cURL" of a browser gives it.',
		});
	}
	const request: CurlRequest = { url: '', headers: [], data: [], isJson: false, isGet: false };
	for (let at = 1; at < words.length; at += 1) {
		const [option, attached] = split(words[at] ?? '');
		const use = WITH_VALUE[option];
		if (use === undefined) takeSwitch(request, option);
		else if (attached === undefined) take(request, use, words[(at += 1)] ?? '');
		else take(request, use, attached);
	}
	if (request.url !== '') return request;
	throw new InputError('The cURL command names no address', {
		description: 'Paste the whole command, with the address of the login.',
	});
}

/** An option, and the value that is written together with it. */
function split(word: string): [option: string, value: string | undefined] {
	const equals = word.startsWith('--') ? word.indexOf('=') : -1;
	if (equals > 0) return [word.slice(0, equals), word.slice(equals + 1)];
	if (/^-[A-Za-z]./.test(word) && word.slice(0, 2) in WITH_VALUE) {
		return [word.slice(0, 2), word.slice(2)];
	}
	return [word, undefined];
}

function takeSwitch(request: CurlRequest, word: string): void {
	if (word === '-G' || word === '--get') request.isGet = true;
	else if (word === '-I' || word === '--head') request.method = 'HEAD';
	// The others say how cURL works, and what it prints.
	else if (!word.startsWith('-')) request.url ||= word;
}

function take(request: CurlRequest, use: (typeof WITH_VALUE)[string], value: string): void {
	switch (use) {
		case 'method':
			request.method = value.toUpperCase();
			return;
		case 'header': {
			const at = value.indexOf(':');
			if (at > 0) request.headers.push([value.slice(0, at).trim(), value.slice(at + 1).trim()]);
			return;
		}
		case 'json':
			request.isJson = true;
			request.data.push(notAFile(value));
			return;
		case 'data':
			request.data.push(notAFile(value));
			return;
		case 'encoded': {
			const at = value.indexOf('=');
			request.data.push(`${value.slice(0, at + 1)}${encodeURIComponent(value.slice(at + 1))}`);
			return;
		}
		case 'cookie':
			request.headers.push(['Cookie', value]);
			return;
		case 'agent':
			request.headers.push(['User-Agent', value]);
			return;
		case 'referer':
			request.headers.push(['Referer', value]);
			return;
		case 'user':
			request.user = value;
			return;
		case 'url':
			request.url = value;
			return;
		case 'form':
			throw new InputError('The cURL command sends a multipart form, which no login here can', {
				description: 'Try it with -d in place of -F: most services take both.',
			});
		case 'ignored':
	}
}

function notAFile(value: string): string {
	if (!value.startsWith('@')) return value;
	throw new InputError('The cURL command reads its body from a file', {
		description: 'Write what is in the file into the command, in place of @ and its name.',
	});
}

/** What a backslash and a letter stand for in `$'…'`. */
const ESCAPES: Record<string, string> = {
	n: '\n',
	r: '\r',
	t: '\t',
	a: '\x07',
	b: '\b',
	f: '\f',
	v: '\v',
	e: '\x1b',
};

/** The words of a command, as a shell reads it: of Unix, or of Windows, where `^` stands before what it escapes. */
function shellWords(text: string): string[] {
	const isWindows = /\^(?:\r?\n|")/.test(text);
	const line = isWindows
		? text.replace(/\^(\r?\n|[\s\S])/g, (_, next: string) => (/\n/.test(next) ? ' ' : next))
		: text;
	const words: string[] = [];
	let word: string | null = null;
	for (let at = 0; at < line.length; at += 1) {
		const character = line.charAt(at);
		if (/\s/.test(character)) {
			if (word !== null) words.push(word);
			word = null;
			continue;
		}
		word ??= '';
		if (character === "'" || (character === '$' && line.charAt(at + 1) === "'")) {
			const isAnsi = character === '$';
			const [inner, end] = isAnsi ? ansiQuoted(line, at + 2) : singleQuoted(line, at + 1);
			word += inner;
			at = end;
		} else if (character === '"') {
			const [inner, end] = doubleQuoted(line, at + 1);
			word += inner;
			at = end;
		} else if (character === '\\') {
			at += 1;
			const next = line.charAt(at) === '\r' ? line.charAt((at += 1)) : line.charAt(at);
			if (next === '\n') word ||= null;
			else word += next;
		} else word += character;
	}
	return word === null ? words : [...words, word];
}

/** A text in quotes, and where they end. */
type Quoted = [inner: string, end: number];

function singleQuoted(line: string, start: number): Quoted {
	const end = line.indexOf("'", start);
	return end < 0 ? unclosed() : [line.slice(start, end), end];
}

function doubleQuoted(line: string, start: number): Quoted {
	let inner = '';
	for (let at = start; at < line.length; at += 1) {
		const character = line.charAt(at);
		if (character === '"') return [inner, at];
		const next = line.charAt(at + 1);
		if (character === '\\' && '"\\$`\n'.includes(next) && next !== '') {
			if (next !== '\n') inner += next;
			at += 1;
		} else inner += character;
	}
	return unclosed();
}

function ansiQuoted(line: string, start: number): Quoted {
	let inner = '';
	for (let at = start; at < line.length; at += 1) {
		const character = line.charAt(at);
		if (character === "'") return [inner, at];
		if (character !== '\\') {
			inner += character;
			continue;
		}
		const [code, hex] = /^(?:u([\da-f]{4})|x([\da-f]{2}))/i.exec(line.slice(at + 1, at + 6)) ?? [];
		if (code !== undefined) {
			inner += String.fromCharCode(parseInt(hex ?? code.slice(1), 16));
			at += code.length;
		} else {
			const next = line.charAt(at + 1);
			inner += ESCAPES[next] ?? next;
			at += 1;
		}
	}
	return unclosed();
}

function unclosed(): never {
	throw new InputError('The cURL command has a quote that is not closed', {
		description: 'Paste the whole command, to its last character.',
	});
}
