/** What is between the braces of an expression; `null` when there is nothing, or text beside it. */
export function conditionIn(expression: unknown): string | null {
	const text = String(expression).trimEnd();
	const [start] = /^=\s*\{\{/.exec(text) ?? [];
	if (start === undefined || !text.endsWith('}}')) return null;
	const condition = text.slice(start.length, -2);
	return condition.trim() === '' ? null : condition;
}

/** An expression that says whether `condition` is true, and not the text of `false`. */
export const isTrueOf = (condition: string) =>
	`[(${condition}\n)].some((it) => it && String(it).trim().toLowerCase() !== 'false')`;
