/**
 * Writes a draft of a Token API description from a document that says how to log in: an OpenAPI document with client
 * credentials, or a low-code manifest of Airbyte with a session token. What the document does not say has to be looked
 * up: see CONTRIBUTING.md.
 */
import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { Failure } from '../../host/step';
import { draftOf } from './draft';

const USAGE = 'npm run draft -- openapi.yaml > providers/vendors/tokenApi/services/example.json';

const LOOK_UP = [
	'A draft. Look up with the vendor, and write in:',
	'- the pages that you read, as "documentation", and the "group"',
	'- where the user gets each value, as "where"',
	'- what a refused login and an expired token look like, as "proof"',
];

function main([path]: string[]): void {
	if (path === undefined) throw new Failure(USAGE);
	const draft = draftOf(parse(readFileSync(path, 'utf8')));
	console.log(JSON.stringify(draft, null, '\t'));
	console.error(LOOK_UP.join('\n'));
}

try {
	main(process.argv.slice(2));
} catch (error) {
	if (!(error instanceof Error)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
