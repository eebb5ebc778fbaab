/** A name, or a text in quotes. */
export type Term = { name: string } | { text: string };

/** What stands between double braces: terms that are joined, and filters that the result goes through. */
export interface Expression {
	terms: Term[];
	filters: Array<{ name: string; args: Term[] }>;
}

/** A term or a sign, after blanks. */
const TOKEN = /\s*(?:([\w-]+)|'([^']*)'|"([^"]*)"|([+|(),]))/y;

interface Token {
	term?: Term;
	sign?: string;
}

/** Parses `a + ':' + b | filter('x', c) | filter`; `null`: this is no such expression. */
export function parseExpression(text: string): Expression | null {
	const tokens = tokensOf(text);
	if (tokens === null) return null;
	let at = 0;
	const takeSign = (sign: string) => tokens[at]?.sign === sign && (at += 1) > 0;
	/** Terms with a sign between each two; `null`: there is something else. */
	const takeTerms = (sign: string): Term[] | null => {
		const terms: Term[] = [];
		do {
			const { term } = tokens[at] ?? {};
			if (term === undefined) return null;
			terms.push(term);
			at += 1;
		} while (takeSign(sign));
		return terms;
	};

	const terms = takeTerms('+');
	if (terms === null) return null;
	const filters: Expression['filters'] = [];
	while (takeSign('|')) {
		const { term } = tokens[at] ?? {};
		if (term === undefined || !('name' in term)) return null;
		at += 1;
		const isCalled = takeSign('(');
		const args = !isCalled || tokens[at]?.sign === ')' ? [] : takeTerms(',');
		if (args === null || (isCalled && !takeSign(')'))) return null;
		filters.push({ name: term.name, args });
	}
	return at === tokens.length ? { terms, filters } : null;
}

/** `null`: something in it is none. */
function tokensOf(text: string): Token[] | null {
	const whole = text.trim();
	const tokens: Token[] = [];
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < whole.length) {
		const found = TOKEN.exec(whole);
		if (found === null) return null;
		const [, name, single, double, sign] = found;
		const quoted = single ?? double;
		if (sign !== undefined) tokens.push({ sign });
		else tokens.push({ term: quoted === undefined ? { name: name ?? '' } : { text: quoted } });
	}
	return tokens;
}
