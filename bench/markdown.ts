/** A table in Markdown, as the README has it: texts to the left, numbers to the right. */
export function markdownTable(headings: string[], rows: string[][]): string {
	const all = [headings, ...rows];
	const widths = headings.map((_, column) =>
		Math.max(3, ...all.map((row) => row[column]?.length ?? 0)),
	);
	const line = (row: string[]) =>
		`| ${widths
			.map((width, column) =>
				column === 0 ? (row[0] ?? '').padEnd(width) : (row[column] ?? '').padStart(width),
			)
			.join(' | ')} |`;
	const rule = widths.map((width, column) =>
		column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
	);
	return [line(headings), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

export const ratio = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(2));

export const milliseconds = (value: number) =>
	`${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;
