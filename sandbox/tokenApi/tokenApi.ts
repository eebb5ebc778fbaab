import type { Surroundings, Vendor } from '../types';
import { Account, type Secrets } from './account';
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
	const parts = (Object.keys(SERVICES) as ServiceName[]).map((name) => {
		const service: Service = SERVICES[name];
		return createService(name, service, surroundings);
	});
	return {
		servers: parts.map(({ vendor }) => vendor),

		/** Where they are, once the servers run. */
		below(url: string, tlsUrl: string | null): TokenApi {
			const entries = parts.map(({ vendor, reach }) => [vendor.name, reach(url, tlsUrl)]);
			return Object.fromEntries(entries) as TokenApi;
		},
	};
}

function createService(name: ServiceName, service: Service, { now, tokenSeconds }: Surroundings) {
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
