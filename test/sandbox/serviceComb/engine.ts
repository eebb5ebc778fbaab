import { call, useSandbox } from '../setup';

export const ROOT = { name: 'root', password: 'fake-servicecomb-password-for-tests' };
export const READER = { name: 'reader', password: 'fake-servicecomb-password-2-for-tests' };
export const MINUTE = 60_000;

/** The engine of a fresh sandbox, and how to talk to it. */
export function useEngine() {
	const running = useSandbox();
	const base = () => `${running.sandbox.url}/servicecomb`;

	/** A login with a body that is sent as it is if it is a text. */
	const login = (body: unknown = ROOT, headers: Record<string, string> = {}) =>
		call(`${base()}/v4/token`, {
			method: 'POST',
			headers,
			body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
		});

	const tokenOf = async (account = ROOT): Promise<string> => (await login(account)).json.token;

	/** A business call; a text as `authorization` is the whole header. */
	const business = (
		authorization: string | null,
		path = '/echo',
		method = 'GET',
		body?: object | string,
	) =>
		call(`${base()}${path}`, {
			method,
			headers: authorization === null ? {} : { authorization },
			...(body === undefined
				? {}
				: { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		});

	return { running, base, login, tokenOf, business };
}
