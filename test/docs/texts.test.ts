import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';

import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { YesApiJwt } from '../../nodes/YesApiJwt/YesApiJwt.node';
import { publishedCredentials } from '../support/published';
import { document, documents, placeOf, ROOT, rows } from './documents';

const FIELD = /^(Field|字段)$/;
const MESSAGE = /^(Message|报错信息)$/;
const PARAMETER = /^(Parameter|参数)$/;

/** The source below a folder; what a template fills in is written as an ellipsis, as in the documents. */
function sourceOf(folder: string): string {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.ts'))
		.map((path) => withEllipses(readFileSync(join(ROOT, folder, path), 'utf8')))
		.join('\n');
}

function withEllipses(text: string): string {
	const shorter = text.replace(/\$\{[^{}]*\}/g, '…');
	return shorter === text ? text : withEllipses(shorter);
}

/** The messages of errors, each up to what it ends in that differs. */
function messagesOf(source: string): string[] {
	const texts = source.matchAll(
		/(?:\bmessage:(?:\s*\([^)]*\)\s*=>)?|new (?:Vendor|Input|Network|NodeOperation)Error\((?:\w+\.getNode\(\),)?)\s*(['"`])(.+?)\1/g,
	);
	return (
		[...texts]
			.map(([, , text = '']) => text.replace(/…+$/, '').trim())
			// Some are a mere frame around another message.
			.filter((text) => /\p{L}{3}/u.test(text))
	);
}

/** The texts between backticks in the first column. */
const messagesIn = (path: string) =>
	rows(document(path), MESSAGE).map(([cell = '']) => /`([^`]+)`/.exec(cell)?.[1] ?? cell);

const inFirstColumn = (path: string, heading: RegExp) =>
	rows(document(path), heading).map(([cell = '']) => cell);

const labels = (properties: INodeProperties[]): string[] =>
	properties
		.filter(({ type }) => type !== 'hidden' && type !== 'notice')
		.map(({ displayName }) => displayName);

const all = ['credentials', 'nodes', 'packages/kit', 'providers'].map(sourceOf).join('\n');

const withMessages = documents.filter((one) => rows(one, MESSAGE).length > 0);

test.each(withMessages.map(({ path }) => path))('%s quotes messages as they are', (path) => {
	const unknown = messagesIn(path).filter((message) => !all.includes(message));
	expect(unknown).toEqual([]);
});

/** The page of each vendor, in English and where there is one in Chinese. */
const pages = publishedCredentials.flatMap((credential) => {
	const { file = '' } = placeOf(credential.documentationUrl ?? '', '');
	return [file, file.replace('.md', '.zh-CN.md')]
		.filter((page) => page.startsWith('docs/vendors/') && existsSync(join(ROOT, page)))
		.map((page) => [page, credential] as const);
});

it('is a page for each vendor', () => {
	expect(pages.length).toBeGreaterThan(4);
});

describe.each(pages)('%s', (page, { name, properties }) => {
	it('has each field of the credential, by the name that the editor shows', () => {
		const shared = inFirstColumn('docs/credentials.md', FIELD);
		expect([...inFirstColumn(page, FIELD), ...shared].sort()).toEqual(labels(properties).sort());
	});

	it('has each message of the vendor', () => {
		const folder = [name, name.replace(/Api$/, '')]
			.map((one) => `providers/vendors/${one}`)
			.find((path) => existsSync(join(ROOT, path)));
		const said = messagesOf(sourceOf(folder ?? ''));
		expect(said.length).toBeGreaterThan(0);
		const documented = messagesIn(page);
		expect(said.filter((text) => !documented.some((one) => one.startsWith(text)))).toEqual([]);
	});
});

test('each message is on some page', () => {
	const documented = withMessages.flatMap(({ path }) => messagesIn(path));
	const said = messagesOf(all);
	expect(said.length).toBeGreaterThan(100);
	expect(said.filter((text) => !documented.some((one) => one.startsWith(text)))).toEqual([]);
});

test.each(['docs/vendors/yes-api.md', 'docs/vendors/yes-api.zh-CN.md'])(
	'%s has each parameter of YesApi JWT',
	(page) => {
		const { properties } = new YesApiJwt().description;
		const options = properties.find(({ name }) => name === 'options')?.options ?? [];
		const shown = labels([...properties, ...(options as INodeProperties[])]);
		const expected = new Set(shown.filter((label) => !['Operation', 'Options'].includes(label)));
		expect(inFirstColumn(page, PARAMETER).sort()).toEqual([...expected].sort());
	},
);

test('the options of Authenticated Request are there, by label and name', () => {
	const { properties } = new AuthenticatedRequest().description;
	const options = properties.find(({ name }) => name === 'options')?.options as INodeProperties[];
	const known = [...properties, ...options].map(
		({ displayName, name }) => `${displayName} (\`${name}\`)`,
	);
	const named = inFirstColumn('docs/authenticated-request.md', /^Option$/);
	expect(named.length).toBeGreaterThan(10);
	for (const option of named) expect(known).toContain(option);
});
