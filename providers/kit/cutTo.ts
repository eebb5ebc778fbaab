/** `text`, cut to so many characters: a service may say as much as it likes. */
export function cutTo(text: string, max: number): string {
	return text.length <= max ? text : `${text.slice(0, max)}…`;
}
