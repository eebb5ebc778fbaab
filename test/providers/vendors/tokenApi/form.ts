import { tokenApi } from '../../../../providers/vendors/tokenApi/vendor';
import type { HttpResponse } from '../../../../providers/kit/provider';

export const NOW = Date.UTC(2026, 0, 1);

export const surroundings = {
	now: () => NOW,
	randomBytes: (length: number) => new Uint8Array(length),
};

/** A credential of the form, with what differs from a new one. */
export const credentials = (change: Record<string, unknown> = {}) =>
	tokenApi.readCredentials({
		service: 'custom',
		baseUrl: 'https://api.example.com/v1',
		requestUrl: '/login',
		username: 'fake-user',
		password: 'fake-password',
		...change,
	});

/** The request for a token, by the form. */
export const tokenRequest = (change: Record<string, unknown> = {}) =>
	tokenApi.tokenRequest({ credentials: credentials(change), options: {}, env: surroundings });

/** The token in a response, by the form. */
export const tokenIn = async (
	change: Record<string, unknown>,
	{ status = 200, headers = {}, body = '' }: Partial<HttpResponse>,
) =>
	await tokenApi.readTokenResponse({
		credentials: credentials(change),
		options: {},
		response: { status, headers, body },
		env: surroundings,
	});

export const rows = (...pairs: Array<[name: string, value: string]>) => ({
	values: pairs.map(([name, value]) => ({ name, value })),
});

/** How the token is sent, by the form. */
export const sentAs = (...places: Array<[place: string, name: string, value: string]>) => ({
	changeSending: true,
	placements: { values: places.map(([place, name, value]) => ({ place, name, value })) },
});

export { tokenApi };
