import { getBorderCharacters, table as draw } from 'table';

/** Draws rows below their headings, columns of numbers to the right. */
export function table(headings: string[], rows: string[][]): string {
	return draw([headings, ...rows], {
		border: getBorderCharacters('norc'),
		columns: headings.map((_, column) => ({
			alignment: isNumber(rows, column) ? 'right' : 'left',
		})),
		drawHorizontalLine: (line, count) => line < 2 || line === count,
	}).trimEnd();
}

const isNumber = (rows: string[][], column: number) =>
	rows.every((row) => /^[\d.,]+( ms| s| min| h)?$|^–$/.test(row[column] ?? ''));
