import { compile, selectAll } from 'css-select';
import render from 'dom-serializer';
import { DomHandler, type AnyNode, type Document, type Element } from 'domhandler';
import { removeElement } from 'domutils';
import { Parser } from 'htmlparser2';

import { InputError, VendorError } from '../../../providers';

/** As deep as browsers go. The time to read a page grows with its square. */
const MAX_DEPTH = 512;

/** Says whether an element is one of those that are meant. */
type Selector = ReturnType<typeof compile<AnyNode, Element>>;

/** @throws {InputError} when the text is no selector */
export function readSelector(displayName: string, text: string): Selector {
	const selector = compiled(text);
	if (selector !== null) return selector;
	throw new InputError(`${displayName} "${text}" is not a CSS selector`, {
		description: 'Name elements, classes or IDs, e.g. "article, .result, #summary".',
	});
}

function compiled(text: string): Selector | null {
	try {
		return text.trim() === '' ? null : compile<AnyNode, Element>(text);
	} catch {
		return null;
	}
}

/** What is inside each of the elements that a selector means, without those to omit. */
export function selectHtml(page: string, selector: Selector, omitted?: Selector): string[] {
	// The tags of the body may be left out.
	const document = parse(/<body\b/i.test(page) ? page : `<html><body>${page}</body></html>`);
	const selected = selectAll(selector, document);
	if (omitted) selectAll(omitted, document).forEach(removeElement);
	return selected.map((element) =>
		render(element.children, { encodeEntities: 'utf8' }).replace(/\s+/g, ' ').trim(),
	);
}

function parse(page: string): Document {
	const handler = new PageHandler();
	new Parser(handler).end(page);
	return handler.root;
}

class PageHandler extends DomHandler {
	override onopentag(name: string, attributes: Record<string, string>): void {
		super.onopentag(name, attributes);
		if (this.tagStack.length > MAX_DEPTH) {
			throw new VendorError('The elements of the page are nested too deeply to select from', {
				description: 'Choose "Text" as "Expected Response Type".',
			});
		}
	}
}
