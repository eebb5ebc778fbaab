const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** What of XML stands for no element: a comment, or text that is written as it is. */
const NO_ELEMENT = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)/g;

/**
 * The text of the first XML element of that name, whatever its namespace prefix, or of one of its attributes;
 * `null` when there is none.
 */
export function elementIn(xml: string, name: string, attribute?: string): string | null {
	const escaped = escapeName(name);
	const elements = xml.replace(NO_ELEMENT, (_, text = '') =>
		text.replace(/&/g, '&amp;').replace(/</g, '&lt;'),
	);
	const found =
		attribute === undefined
			? new RegExp(
					`<(?:[\\w.-]+:)?${escaped}(?:\\s[^<>]*)?>([^<]*)</(?:[\\w.-]+:)?${escaped}\\s*>`,
				).exec(elements)?.[1]
			: attributeIn(
					new RegExp(`<(?:[\\w.-]+:)?${escaped}(\\s[^<>]*)>`).exec(elements)?.[1] ?? '',
					attribute,
				);
	return (
		found?.replace(/&(#?\w+);/g, (whole, entity: string) => characterOf(entity) ?? whole) ?? null
	);
}

function attributeIn(tag: string, name: string): string | undefined {
	const [, double, single] =
		new RegExp(`\\s${escapeName(name)}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag) ?? [];
	return double ?? single;
}

const escapeName = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function characterOf(entity: string): string | undefined {
	if (!entity.startsWith('#')) return ENTITIES[entity];
	const code = Number(entity.slice(1).replace(/^x/, '0x'));
	return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
