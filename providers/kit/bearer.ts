/** The header of a call with a bearer token (RFC 6750), with the one space that ServiceComb insists on. */
export function bearerHeader(token: string) {
	return { name: 'Authorization', value: `Bearer ${token}` };
}
