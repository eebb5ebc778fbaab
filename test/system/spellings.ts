/** A text as it may turn up in what is stored: as it is, encoded, or in half. */
export function spellings(text: string): string[] {
	const middle = Math.ceil(text.length / 2);
	const json = JSON.stringify(text).slice(1, -1);
	return [
		...[text, text.slice(0, middle), text.slice(middle)],
		// n8n stores JSON within JSON.
		...[json, JSON.stringify(json).slice(1, -1)],
		encodeURIComponent(text),
		new URLSearchParams({ text }).toString().slice('text='.length),
		Buffer.from(text).toString('hex'),
		Buffer.from(text).toString('hex').toUpperCase(),
		...[0, 1, 2].map((offset) => base64Within(text, offset)),
	];
}

/** What of its base64 does not depend on what stands before and after it. */
function base64Within(text: string, offset: number): string {
	const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
	return bytes.toString('base64').slice(offset && 4, -4);
}
