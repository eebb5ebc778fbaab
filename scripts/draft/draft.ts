import { readDescription } from '../../providers/vendors/tokenApi/description/readDescription';
import type { WrittenDescription } from '../../providers/vendors/tokenApi/description/schema';
import { Failure } from '../../host/step';
import { draftOfAirbyte } from './airbyte';
import { at } from './document';
import { draftOfOpenApi } from './openApi';

/**
 * A draft of a description, checked.
 * @throws {Failure} when the document is neither an OpenAPI document nor a manifest, or says nothing of a login
 * @throws {InputError} when what it says is no description
 */
export function draftOf(document: unknown): WrittenDescription {
	const draft = draftWith(document);
	readDescription(draft);
	return draft;
}

function draftWith(document: unknown): WrittenDescription {
	if ((at(document, 'openapi') ?? at(document, 'swagger')) !== undefined)
		return draftOfOpenApi(document);
	if (at(document, 'type') === 'DeclarativeSource') return draftOfAirbyte(document);
	throw new Failure('This is neither an OpenAPI document nor a low-code manifest of Airbyte.');
}
