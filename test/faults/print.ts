import { markdownTable } from '../../bench/markdown';

const WIDTH = 40;

/** Prints what each use of a credential came to under each fault; a tick: it went well. */
export function printMatrix(cells: Record<string, Record<string, string>>): void {
	const columns = [...new Set(Object.values(cells).flatMap((row) => Object.keys(row)))];
	const rows = Object.entries(cells).map(([fault, row]) => [
		fault,
		...columns.map((column) => shown(row[column])),
	]);
	process.stdout.write(`\n${markdownTable(['Fault', ...columns], rows)}\n`);
}

function shown(message: string | undefined): string {
	if (message === undefined) return '';
	if (message === '') return '✓';
	const line = message.replace(/\s+/g, ' ').replaceAll('|', '\\|');
	return line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line;
}
