const BLOCK = /(-----BEGIN [^-]+-----)([^-]+)(-----END [^-]+-----)/g;

/** PEM with its line breaks, which a field of one line takes away, and JSON writes as `\n`. */
export function pemWithLines(pem: string): string {
	const text = pem.replace(/\\[rn]/g, '\n');
	return text.replace(BLOCK, (_, begin: string, content: string, end: string) => {
		const lines = content.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
		return `${[begin, ...lines, end].join('\n')}\n`;
	});
}
