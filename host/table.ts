/** Lays out rows below their headings, each column as wide as its widest cell. */
export function table(headings: string[], rows: string[][]): string {
	const all = [headings, headings.map(() => ''), ...rows];
	const widths = headings.map((_, column) => Math.max(...all.map((row) => width(row[column]))));
	const line = (row: string[], isRule: boolean) =>
		widths
			.map((wide, column) => {
				const cell = row[column] ?? '';
				if (isRule) return '─'.repeat(wide);
				return isNumber(rows, column) ? cell.padStart(wide) : cell.padEnd(wide);
			})
			.join('  ')
			.trimEnd();
	return all.map((row, index) => `  ${line(row, index === 1)}`).join('\n');
}

const width = (cell = '') => cell.length;

const isNumber = (rows: string[][], column: number) =>
	rows.every((row) => /^[\d.,]+( ms| s| min| h)?$|^–$/.test(row[column] ?? ''));
