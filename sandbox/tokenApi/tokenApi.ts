import type { Surroundings, Vendor } from '../types';
import { Account, type Secrets } from './account';
import { playedServices } from './played';
import { SERVICES, type ServiceName } from './services';
import { Tokens } from './tokens';
import type { Service } from './types';

/** One service as a test sees it. */
export interface TokenApiService<S extends Secrets = Secrets> {
	/** What all its URLs begin with. */
	baseUrl: string;
	/** The same over HTTPS, or `null` if that was not asked for. */
	tlsBaseUrl: string | null;
	/** What logs in now, all of it visibly fake. */
	readonly secrets: S;
	/** Wrong logins since the last good one; the fifth locks the name for 15 minutes. */
	readonly wrongLogins: number;
	readonly isLocked: boolean;
	/** Changes what logs in from now on; tokens stay good. */
	change(secrets: Partial<S>): void;
	/** From now on every token issued so far has expired. */
	expireTokens(): void;
	/** From now on this token was never issued. */
	revoke(token: string): void;
}

export type TokenApi = {
	[Name in ServiceName]: TokenApiService<(typeof SERVICES)[Name]['secrets']>;
};

/** The services for the Token API: as vendors to the server, and as what tests hold. */
export function createTokenApi(surroundings: Surroundings) {
	const create = (services: Record<string, Service>) =>
		Object.entries(services).map(([name, service]) => createService(name, service, surroundings));
	const coded = create(SERVICES);
	// One with code of its own is played by that.
	const played = create(playedServices()).filter(({ vendor }) => !(vendor.name in SERVICES));

	const reachable = (parts: typeof coded, url: string, tlsUrl: string | null) =>
		Object.fromEntries(parts.map(({ vendor, reach }) => [vendor.name, reach(url, tlsUrl)]));

	return {
		servers: [...coded, ...played].map(({ vendor }) => vendor),

		/** Where those with code of their own are, once the servers run. */
		below: (url: string, tlsUrl: string | null) => reachable(coded, url, tlsUrl) as TokenApi,

		/** Where those are that are played from what their vendors' documents print. */
		playedBelow: (url: string, tlsUrl: string | null) => reachable(played, url, tlsUrl),
	};
}

function createService(name: string, service: Service, { now, tokenSeconds }: Surroundings) {
	const prefix = `/tokenapi/${name}`;
	const account = new Account(service.secrets, now);
	const tokens = new Tokens(now, () => tokenSeconds(name));
	const rules = service.create({ now, prefix, account, tokens });

	const vendor: Vendor = {
		name,
		prefix,
		kindOf(exchange) {
			if (rules.isLogin(exchange)) return 'token';
			return rules.isLogout?.(exchange) === true ? 'logout' : 'business';
		},
		answerToken: rules.login,
		authorize(exchange) {
			exchange.record.token = null;
			return rules.authorize(exchange);
		},
		answerBusiness(exchange) {
			const answer = rules.answer?.(exchange) ?? null;
			if (rules.isLogout?.(exchange) !== true) return answer;
			tokens.revoke(exchange.record.token ?? '');
			return answer ?? { status: 204 };
		},
		expireTokens: () => tokens.expireAll(),
		reset() {
			account.reset();
			tokens.clear();
		},
	};

	const reach = (url: string, tlsUrl: string | null): TokenApiService => ({
		baseUrl: `${url}${prefix}`,
		tlsBaseUrl: tlsUrl && `${tlsUrl}${prefix}`,
		get secrets() {
			return account.secrets;
		},
		get wrongLogins() {
			return account.tally().wrongLogins;
		},
		get isLocked() {
			return account.tally().isLocked;
		},
		change: (secrets) => account.change(secrets),
		expireTokens: () => tokens.expireAll(),
		revoke: (token) => tokens.revoke(token),
	});

	return { vendor, reach };
}
