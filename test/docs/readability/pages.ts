import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';

import type { Document } from '../documents';
import type { Texts } from './measure';

/** The texts of a page: paragraphs, items of lists and cells of tables. */
export function textsOfPage({ path, text }: Document): Texts {
	const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
	const texts: Texts['texts'] = [];
	const visit = (node: Nodes) => {
		if (node.type === 'paragraph' || node.type === 'tableCell') {
			const read = { ...node, children: node.children.map(readAloud) } as Nodes;
			const place = `${path}:${node.position?.start.line}`;
			texts.push({ place, text: toString(read, { includeImageAlt: false }) });
		} else if ('children' in node && node.type !== 'heading') {
			node.children.forEach(visit);
		}
	};
	visit(tree);
	return { name: path, texts };
}

/** Code is one word, as a reader takes it in. */
function readAloud(node: Nodes): Nodes {
	if (node.type === 'inlineCode') return { type: 'text', value: 'Code' };
	if (!('children' in node)) return node;
	return { ...node, children: node.children.map(readAloud) } as Nodes;
}
