import type { TokenApi } from '../../../sandbox';
import { call, START, useSandbox, type Received } from '../setup';

export interface Request {
	method?: string;
	path: string;
	headers?: Record<string, string>;
	body?: string;
}

/** A refusal: its status, and its body or part of it where the status is 200. */
export type Refusal = number | { status: number; body: object };

/** What a login gave: its token under `token`, and whatever else calls need. */
export type Given = Record<string, string>;

/** How a service is used and how it answers, written down from its documentation and nothing else. */
export interface Facts<Name extends keyof TokenApi> {
	login: (secrets: TokenApi[Name]['secrets']) => Request;
	/** What a good login gives, read from its answer. */
	read: (answer: Received) => Given;
	/** A call as the service wants it. */
	call: (given: Given) => Request;
	/** The secret to get wrong. */
	secret: keyof TokenApi[Name]['secrets'] & string;
	wrongSecret: { status: number; body: unknown };
	/** How the service says a token has expired. */
	expired: { status: number; body: unknown };
	/** How it refuses a token it never gave, if otherwise. */
	unknown?: { status: number; body: unknown };
	lifetimeSeconds: number;
	/** Whether the lifetime begins anew with each call. */
	isIdle?: boolean;
	/** Logins that are refused, each made from the good one. */
	badLogins: Array<[string, (good: Request) => Request, Refusal]>;
	/** Calls that are refused, each made from the good one. */
	badCalls: Array<[string, (good: Request, given: Given) => Request, Refusal]>;
}

export const form = (values: Record<string, string>) => new URLSearchParams(values).toString();
export const withHeaders = (request: Request, headers: Record<string, string>): Request => ({
	...request,
	headers: { ...request.headers, ...headers },
});
export const without = (request: Request, header: string): Request => ({
	...request,
	headers: Object.fromEntries(
		Object.entries(request.headers ?? {}).filter(([name]) => name !== header),
	),
});

/** The value and the attributes of the cookies an answer sets. */
export function cookiesOf({ headers }: Received): Record<string, string> {
	const pairs = headers.getSetCookie().map((line) => line.split(';')[0]?.split('=') ?? []);
	return Object.fromEntries(pairs.map(([name = '', ...rest]) => [name, rest.join('=')]));
}

/** The tests every service has to pass, and a way to send requests for those it has alone. */
export function describeService<Name extends keyof TokenApi>(
	name: Name,
	facts: Facts<Name>,
	more: (tools: ReturnType<typeof toolsFor<Name>>) => void = () => undefined,
) {
	describe(name, () => {
		const tools = toolsFor(name, facts);
		const { running, service, send, login, use } = tools;
		const WRONG = 'fake-wrong-secret';

		const loginWrong = () => send(facts.login({ ...service().secrets, [facts.secret]: WRONG }));

		const expectIn = (answer: Received) => {
			expect(answer.status).toBe(200);
			expect(answer.json).not.toEqual(facts.expired.body);
		};
		const expectRefused = (answer: Received, refusal: Refusal) => {
			if (typeof refusal === 'number') return expect(answer.status).toBe(refusal);
			expect(answer).toMatchObject({ status: refusal.status, json: refusal.body });
		};
		const expectNoToken = () =>
			expect(running.sandbox.requests.at(-1)).toMatchObject({ kind: 'token', token: null });

		it('lets a call in that carries what a login gave', async () => {
			const given = await login();
			expectIn(await use(given));
			const [first, second] = running.sandbox.requests;
			expect(first).toMatchObject({ vendor: name, kind: 'token', token: given.token });
			expect(second).toMatchObject({ vendor: name, kind: 'business', token: given.token });
		});

		it('refuses a wrong secret in its own way', async () => {
			const answer = await loginWrong();
			expect(answer.status).toBe(facts.wrongSecret.status);
			expect(answer.json ?? answer.text).toEqual(facts.wrongSecret.body);
			expectNoToken();
			expect(service()).toMatchObject({ wrongLogins: 1, isLocked: false });
		});

		it('locks the account on the fifth wrong secret, for 15 minutes', async () => {
			for (let n = 1; n <= 5; n++) await loginWrong();
			expect(service()).toMatchObject({ wrongLogins: 5, isLocked: true });
			await send(facts.login(service().secrets));
			expectNoToken();
			running.clock.now += 15 * 60_000;
			expectIn(await use(await login()));
			expect(service()).toMatchObject({ wrongLogins: 0, isLocked: false });
		});

		it('says in its own way that a token has expired', async () => {
			const given = await login();
			running.clock.now = START + facts.lifetimeSeconds * 1000 - 1;
			expectIn(await use(given));
			running.clock.now += facts.isIdle ? facts.lifetimeSeconds * 1000 - 1 : 0;
			const isStillGood = facts.isIdle ?? false;
			if (isStillGood) expectIn(await use(given));
			running.clock.now += isStillGood ? facts.lifetimeSeconds * 1000 : 1;
			const answer = await use(given);
			expect(answer.status).toBe(facts.expired.status);
			expect(answer.json).toEqual(facts.expired.body);
		});

		it('can end all tokens, forget one, and change what logs in', async () => {
			const given = await login();
			service().expireTokens();
			expect((await use(given)).json).toEqual(facts.expired.body);
			service().revoke(given.token ?? '');
			const forgotten = facts.unknown ?? facts.expired;
			const answer = await use(given);
			expect(answer.status).toBe(forgotten.status);
			expect(answer.json).toEqual(forgotten.body);

			const before = facts.login(service().secrets);
			service().change({ [facts.secret]: 'fake-new-secret' } as never);
			expect((await send(before)).status).toBe(facts.wrongSecret.status);
			expectNoToken();
			expectIn(await use(await login()));
		});

		it.each(facts.badLogins)('refuses a login with %s', async (_name, change, refusal) => {
			expectRefused(await send(change(facts.login(service().secrets))), refusal);
			expect(running.sandbox.requests[0]?.token ?? null).toBeNull();
		});

		it.each(facts.badCalls)('refuses a call with %s', async (_name, change, refusal) => {
			const given = await login();
			expectRefused(await send(change(facts.call(given), given)), refusal);
		});

		more(tools);
	});
}

function toolsFor<Name extends keyof TokenApi>(name: Name, facts: Facts<Name>) {
	const running = useSandbox();
	const service = () => running.sandbox.tokenApi[name];
	const send = ({ path, ...request }: Request) => call(`${service().baseUrl}${path}`, request);
	return {
		running,
		service,
		send,
		/** Logs in with what is right. */
		async login(): Promise<Given> {
			return facts.read(await send(facts.login(service().secrets)));
		},
		/** Makes a call as the service wants it. */
		use: (given: Given) => send(facts.call(given)),
	};
}
