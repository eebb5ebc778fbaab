import { decodeHTML } from 'entities';

/** The text a person would read: scripts, styles and tags gone, white space folded. */
export function visibleText(page: string): string {
	return foldBlanks(
		decodeHTML(
			withoutScripts(page)
				// A beginning without an end is looked through up to the next beginning only.
				.replace(/<(head|noscript)\b(?:(?!<\1\b)[\s\S])*?<\/\1\s*>/gi, ' ')
				.replace(
					/<\/?(?:a|abbr|b|code|em|i|mark|q|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>/gi,
					'',
				)
				.replace(/<[^<>]+>/g, ' '),
		),
	);
}

const ENDS: Record<string, RegExp> = {
	'!--': /-->/g,
	script: /<\/script\s*>/gi,
	style: /<\/style\s*>/gi,
};

/** A page without scripts, styles and comments; one that does not end goes to the end of the page. */
function withoutScripts(page: string): string {
	const beginning = /<(!--|script\b|style\b)/gi;
	const kept: string[] = [];
	let done = 0;
	for (let found = beginning.exec(page); found !== null; found = beginning.exec(page)) {
		kept.push(page.slice(done, found.index));
		done = endBehind(page, beginning.lastIndex, found[1]?.toLowerCase() ?? '');
		beginning.lastIndex = done;
	}
	return [...kept, page.slice(done)].join(' ');
}

function endBehind(page: string, start: number, name: string): number {
	const end = ENDS[name];
	if (end === undefined) return page.length;
	end.lastIndex = start;
	return end.test(page) ? end.lastIndex : page.length;
}

/** `text` with each run of white space as one blank, and none at its ends. */
const foldBlanks = (text: string) => text.replace(/\s+/g, ' ').trim();
