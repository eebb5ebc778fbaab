import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** Where GitHub shows the files of this repository. */
const BLOB = 'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/';

/** A document by its path in the repository. */
export interface Document {
	path: string;
	text: string;
}

function below(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
		join(folder, path),
	);
}

/** Every document that somebody reads at GitHub or npm. */
export const documents: Document[] = [
	...readdirSync(ROOT),
	...['docs', 'examples', '.github'].flatMap(below),
	...below('packages').filter((path) => /^packages\/[^/]+\/[^/]+$/.test(path)),
]
	.filter((path) => path.endsWith('.md'))
	.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

export function document(path: string): Document {
	const found = documents.find((one) => one.path === path);
	if (found === undefined) throw new Error(`There is no ${path}`);
	return found;
}

/** What stands in code fences. */
export function fences({ text }: Document): Array<{ language: string; code: string }> {
	return [...text.matchAll(/^ *```(\w*)\n(.*?)^ *```$/gms)].map(([, language = '', code = '']) => ({
		language,
		code,
	}));
}

const withoutCode = (text: string) => text.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, '');

/** The targets of links and pictures, that of this repository as a path in it and an anchor. */
export function links({
	path,
	text,
}: Document): Array<{ target: string; file?: string; anchor?: string }> {
	const targets = [...withoutCode(text).matchAll(/\]\(<?([^)\s>]+)>?\)/g)].map(
		([, target = '']) => target,
	);
	return targets.map((target) => ({ target, ...placeOf(target, path) }));
}

/** Where in this repository a target leads; nothing for one that leads elsewhere. */
export function placeOf(target: string, from: string): { file?: string; anchor?: string } {
	const isHere = target.startsWith(BLOB);
	if (/^[a-z]+:/i.test(target) && !isHere) return {};
	const [to = '', anchor] = (isHere ? target.slice(BLOB.length) : target).split('#');
	if (to === '') return { file: from, anchor };
	const file = isHere ? to : relative(ROOT, join(ROOT, dirname(from), to));
	return { file: decodeURIComponent(file), anchor };
}

/** The anchors GitHub gives to the headings. */
export function anchors({ text }: Document): string[] {
	return [...withoutFences(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.trim()
			.replace(/\s/g, '-'),
	);
}

const withoutFences = (text: string) => text.replace(/^```.*?^```$/gms, '');

/** The tables whose first column is headed so; each row as its cells. */
export function rows({ text }: Document, heading: string | RegExp): string[][] {
	const tables = withoutFences(text).match(/(?:^\|.*\|$\n?)+/gm) ?? [];
	return tables.flatMap((table) => {
		const [head = [], , ...body] = table.trim().split('\n').map(cellsOf);
		const isMeant = typeof heading === 'string' ? head[0] === heading : heading.test(head[0] ?? '');
		return isMeant ? body : [];
	});
}

function cellsOf(line: string): string[] {
	return line
		.split(/(?<!\\)\|/)
		.slice(1, -1)
		.map((cell) => cell.trim());
}
