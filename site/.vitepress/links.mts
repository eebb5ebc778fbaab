import { posix } from 'node:path';

/** Pages that stand elsewhere on the site than in the repository. */
const MOVED: Record<string, string> = {
	'README.md': 'index.md',
	'examples/README.md': 'examples/index.md',
};

/**
 * Where a link of a document leads on the site: to the page, or, where it is none, to the file at GitHub.
 *
 * @param href - as the document has it, relative to the document
 * @param from - the page with the link, as a path on the site
 */
export function linkTo(href: string, from: string, repository: string): string {
	if (/^([a-z]+:|#)/i.test(href)) return href;
	const [path = '', anchor] = href.split('#');
	const target = posix.join(posix.dirname(from), path);
	const hash = anchor === undefined ? '' : `#${anchor}`;
	if (!target.endsWith('.md')) return `${repository}/blob/main/${target}${hash}`;
	return `/${MOVED[target] ?? target}${hash}`;
}
