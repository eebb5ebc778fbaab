import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { IssuedTokens } from '../issuedTokens';
import type { Exchange, Surroundings, Vendor } from '../types';
import { accountRoutes } from './accountRoutes';
import { firstAccounts } from './accounts';
import { authorizeCall } from './authorize';
import { compress } from './compress';
import { instanceRoutes } from './instanceRoutes';
import { kieRoutes } from './kieRoutes';
import { answerLogin } from './login';
import { LoginLock } from './loginLock';
import { refused } from './refusals';
import { registryRoutes } from './registryRoutes';
import { schemaRoutes } from './schemaRoutes';
import {
	matchPattern,
	methodNotAllowed,
	notFound,
	withoutExtraSlashes,
	type Route,
	type RouteCall,
} from './routes';

const TOKEN_PATH = '/v4/token';

interface Keys {
	privateKey: KeyObject;
	/** PEM, SPKI. */
	publicKey: string;
}

let keys: Promise<Keys> | undefined;

/** The key pair tokens are signed with: one for the life of the process. */
function serviceCombKeys(): Promise<Keys> {
	keys ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 }).then((pair) => ({
		privateKey: pair.privateKey,
		publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
	}));
	return keys;
}

/**
 * ServiceComb: an engine with an account that may do all, and one that may only read. Tests change
 * passwords and roles in `accounts`, and verify tokens with `publicKey`.
 */
export async function createServiceComb(surroundings: Surroundings) {
	const { now, faults, isEveryVendors } = surroundings;
	const { privateKey, publicKey } = await serviceCombKeys();
	const accounts = firstAccounts();
	const tokens = new IssuedTokens();
	const lock = new LoginLock(now);
	const accountOf = (name: string) =>
		Object.hasOwn(accounts, name) && !faults.serviceCombDeletedAccounts.includes(name)
			? accounts[name]
			: undefined;
	const login = { ...surroundings, privateKey, tokens, lock, accountOf };
	const guard = { ...surroundings, tokens, isAccount: (name: string) => Boolean(accountOf(name)) };

	const registry = registryRoutes();
	const parts = [registry, instanceRoutes(registry), schemaRoutes(), kieRoutes()];
	const whereSecured: Route[] = [
		{ pattern: TOKEN_PATH, isOpen: true, methods: { POST: (call) => answerLogin(login, call) } },
		...accountRoutes(accounts, lock),
	];
	const everyVendors: Route = { pattern: '', resource: 'service', methods: {} };

	function find({ path }: Exchange): { route: Route; parameters: Record<string, string> } | null {
		if (isEveryVendors(path)) return { route: everyVendors, parameters: {} };
		const secured = faults.serviceCombSecurity === 'off' ? [] : whereSecured;
		for (const route of [...secured, ...parts.flatMap(({ routes }) => routes)]) {
			const parameters = matchPattern(route.pattern, path);
			if (parameters) return { route, parameters };
		}
		return null;
	}

	const calls = new WeakMap<Exchange, RouteCall>();

	/** The same for one exchange, so that what was read from its token is kept. */
	function callOf(exchange: Exchange): { route: Route; call: RouteCall } {
		const { route = everyVendors, parameters = {} } = find(exchange) ?? {};
		const call = calls.get(exchange) ?? { ...exchange, parameters, caller: '', roles: [] };
		calls.set(exchange, call);
		return { route, call };
	}

	const server: Vendor = {
		name: 'serviceComb',
		prefix: '/servicecomb',
		takesExtraSlashes: true,
		kindOf: ({ path }) => (path === TOKEN_PATH ? 'token' : 'business'),

		admit(exchange) {
			if (exchange.path.includes('//')) return withoutExtraSlashes(exchange);
			const route = find(exchange)?.route;
			if (!route) return notFound();
			const isAllowed = route === everyVendors || route.methods[exchange.record.method];
			return isAllowed ? null : methodNotAllowed(route);
		},

		answerToken: (exchange) => answerLogin(login, exchange),

		authorize(exchange) {
			const { route, call } = callOf(exchange);
			return authorizeCall(guard, route, call);
		},

		answerBusiness(exchange) {
			const { route, call } = callOf(exchange);
			return route.methods[exchange.record.method]?.(call) ?? null;
		},

		refuse: ({ code = 500003, detail, message }) => refused(code, detail, message),

		encode: compress,

		expireTokens: () => tokens.expireAll(),

		reset() {
			tokens.clear();
			lock.clear();
			for (const part of parts) part.reset();
			for (const name of Object.keys(accounts)) delete accounts[name];
			Object.assign(accounts, firstAccounts());
		},
	};

	return { servers: [server], accounts, publicKey };
}
