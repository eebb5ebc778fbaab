/** JSON as PHP's `json_encode` writes it: with `\/`, and `\uXXXX` for all beyond ASCII. */
export function phpJson(value: unknown): string {
	return JSON.stringify(value)
		.replaceAll('/', '\\/')
		.replace(/[\u0080-\uffff]/g, (unit) => {
			return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
		});
}
