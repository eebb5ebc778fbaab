/** The index after the string whose opening quote is at `start`. */
function endOfString(json: string, start: number): number {
	let at = start + 1;
	while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
	return at + 1;
}

/**
 * The value of a member of a JSON object, letter for letter as it stands in the text: parsing and writing
 * it again would give another text. `null` when there is none; of several, the last, as `JSON.parse` does.
 *
 * @param json a JSON object that was parsed before, so that it is known to be well-formed
 * @example
 * jsonMember('{"a": {"url": "http:\\/\\/x"} }', 'a'); // '{"url": "http:\\/\\/x"}'
 */
export function jsonMember(json: string, name: string): string | null {
	let found: string | null = null;
	let depth = 0;
	let key: unknown;
	let valueStart: number | null = null;

	for (let at = 0; at < json.length; at += 1) {
		const char = json[at];
		if (char === '"') {
			const end = endOfString(json, at);
			if (valueStart === null) key = JSON.parse(json.slice(at, end));
			at = end - 1;
		} else if (char === '{' || char === '[') {
			depth += 1;
		} else if (depth === 1 && char === ':') {
			valueStart = at + 1;
		} else if (depth === 1 && (char === ',' || char === '}')) {
			if (valueStart !== null && key === name) found = json.slice(valueStart, at).trim();
			valueStart = null;
		}
		if (char === '}' || char === ']') depth -= 1;
	}
	return found;
}
