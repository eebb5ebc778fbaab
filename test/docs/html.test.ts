import { documents } from './documents';

/** What a page shows as HTML. A name in angle brackets is taken for it, too, and readers then do not see it. */
function htmlIn(text: string): string[] {
	const words = text
		.replace(/^ *```.*?^ *```$/gms, '')
		.replace(/(`+).*?[^`]\1(?!`)/gs, '')
		.replace(/<!--.*?-->/gs, '');
	return words.match(/<\/?[a-z][\w-]*(\s[^>]*)?\/?>/gi) ?? [];
}

test.each(documents.map(({ path, text }) => [path, text]))('%s has no HTML', (_path, text) => {
	expect(htmlIn(text)).toEqual([]);
});
