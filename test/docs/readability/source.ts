import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

import { ROOT } from '../documents';
import type { Texts } from './measure';

/** Where texts of forms stand; all others are messages. */
const FORMS = /^(credentials|nodes\/.*\/descriptions?)\b|\.node\.ts$/;

/** At least this many words make a text that is read, and not a name. */
const LEAST_WORDS = 4;

const SENTENCE = /^["“(…]?[A-Z…]\S*( \S+){3,}/u;

/** The texts that users meet in forms and in messages, read from the source. */
export function textsOfSource(): [forms: Texts, messages: Texts] {
	const found = ['credentials', 'nodes', 'providers'].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((path) => path.endsWith('.ts'))
			.flatMap((path) => textsIn(join(ROOT, folder, path))),
	);
	const isForm = ({ place }: { place: string }) => FORMS.test(place);
	return [
		{ name: 'Forms', texts: found.filter(isForm) },
		{ name: 'Messages', texts: found.filter((one) => !isForm(one)) },
	];
}

function textsIn(path: string): Texts['texts'] {
	const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
	const texts: Texts['texts'] = [];
	const visit = (node: ts.Node) => {
		const text = textOf(node);
		if (text !== undefined && SENTENCE.test(text) && text.split(' ').length >= LEAST_WORDS) {
			const { line } = file.getLineAndCharacterOfPosition(node.getStart());
			texts.push({ place: `${relative(ROOT, path)}:${line + 1}`, text });
		}
		if (!ts.isImportDeclaration(node)) ts.forEachChild(node, visit);
	};
	visit(file);
	return texts;
}

/** A text as it is read; what a template fills in is one word. */
function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return undefined;
	return node.head.text + node.templateSpans.map(({ literal }) => `it${literal.text}`).join('');
}
