import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { preProcessFile } from 'typescript';

const ROOT = join(__dirname, '../..');

/** The files of this repository that a file imports, if only for a type. */
function importsOf(file: string): string[] {
	return preProcessFile(readFileSync(file, 'utf8'))
		.importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
		.flatMap(({ fileName }) => {
			const path = resolve(dirname(file), fileName);
			return [`${path}.ts`, join(path, 'index.ts')].filter((one) => existsSync(one)).slice(0, 1);
		});
}

/** A chain of files each of which imports the next, and the last the first; `null`: there is none. */
function circleIn(files: string[], of = importsOf): string[] | null {
	const done = new Set<string>();
	const visit = (file: string, way: string[]): string[] | null => {
		if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
		if (done.has(file)) return null;
		for (const imported of of(file)) {
			const circle = visit(imported, [...way, file]);
			if (circle !== null) return circle;
		}
		done.add(file);
		return null;
	};
	for (const file of files) {
		const circle = visit(file, []);
		if (circle !== null) return circle;
	}
	return null;
}

/** Also what is not committed yet. */
const sources = () =>
	execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], {
		cwd: ROOT,
		encoding: 'utf8',
	})
		.trim()
		.split('\n')
		.map((path) => join(ROOT, path))
		.filter((path) => existsSync(path));

it('no file imports itself by way of others', () => {
	const files = sources();
	expect(files.length).toBeGreaterThan(300);
	expect(circleIn(files)?.map((file) => relative(ROOT, file)) ?? null).toBeNull();
});

it('finds one that there is', () => {
	const imports: Record<string, string[]> = { a: ['b', 'c'], b: ['c'], c: ['d'], d: ['b'] };
	expect(circleIn(['a'], (file) => imports[file] ?? [])).toEqual(['b', 'c', 'd', 'b']);
});
