import { parseTree, type Node } from 'jsonc-parser';

/**
 * The value of a member of a JSON object, letter for letter as it stands in the text: parsing and writing
 * it again would give another text. `null` when there is none; of several, the last, as `JSON.parse` does.
 *
 * @example
 * jsonMember('{"a": {"url": "http:\\/\\/x"} }', 'a'); // '{"url": "http:\\/\\/x"}'
 */
export function jsonMember(json: string, name: string): string | null {
	const members = treeOf(json)?.children ?? [];
	const value = members.findLast(({ children }) => children?.[0]?.value === name)?.children?.[1];
	return value ? json.slice(value.offset, value.offset + value.length) : null;
}

function treeOf(json: string): Node | undefined {
	try {
		return parseTree(json);
	} catch {
		// It nests thousands of levels deep, and the parser's stack is used up.
		return undefined;
	}
}
