import { parsedJson } from '../../kit/json';

type Parse = (text: string) => unknown;

/** What servers write before JSON so that no other site can run it. */
const GUARD = /^(?:\)\]\}'|while\(1\);|for\(;;\);)[,\s]*/;

/** JSON as an argument of a function (JSONP). */
const CALLBACK = /^(?:\/\*\*\/)?[\w$.]+\(/;

/** So many beginnings of an object are tried after text that is no JSON. */
const MAX_STARTS = 5;

/**
 * The JSON of a response, also where something stands around it: a guard, a callback, a warning of PHP;
 * `undefined`: there is none.
 */
export function responseJson(body: string, parse?: Parse): unknown {
	const whole = parsedJson(body, parse);
	if (whole !== undefined) return whole;
	const text = body.trim();
	const bare = text.replace(GUARD, '');
	if (bare !== text) return parsedJson(bare, parse);
	const callback = CALLBACK.exec(text)?.[0];
	if (callback !== undefined && /\)\s?;?$/.test(text)) {
		return parsedJson(text.slice(callback.length, text.lastIndexOf(')')), parse);
	}
	return afterWarning(text, parse);
}

function afterWarning(text: string, parse?: Parse): unknown {
	let at = -1;
	for (let start = 0; start < MAX_STARTS; start += 1) {
		at = text.indexOf('{', at + 1);
		if (at < 0) return undefined;
		const json = parsedJson(text.slice(at), parse);
		if (json !== undefined) return json;
	}
	return undefined;
}
