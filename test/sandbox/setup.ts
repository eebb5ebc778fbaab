import { startSandbox, type Sandbox } from '../../sandbox';

/** The second of the Agent Auth sample's timestamp, which the frozen requests are made for. */
export const START = 1769745532582;

/** A sandbox with a clock that is set, fresh for each test of the file. */
export function useSandbox(options: { tls?: boolean } = {}) {
	const clock = { now: START };
	let sandbox: Sandbox | undefined;
	beforeAll(async () => {
		sandbox = await startSandbox({ ...options, now: () => clock.now });
	});
	beforeEach(() => {
		clock.now = START;
		sandbox?.reset();
	});
	afterAll(async () => await sandbox?.close());
	return {
		clock,
		get sandbox(): Sandbox {
			if (!sandbox) throw new Error('The sandbox runs only during tests');
			return sandbox;
		},
	};
}

export interface Received {
	status: number;
	headers: Headers;
	text: string;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each test knows the shape it asks for
	json: any;
}

/** One request; follows no redirect. */
export async function call(url: string, init: RequestInit = {}): Promise<Received> {
	const response = await fetch(url, { redirect: 'manual', ...init });
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.startsWith('application/json');
	const json: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
	return { status: response.status, headers: response.headers, text, json };
}
