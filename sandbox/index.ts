import type { IncomingMessage, ServerResponse } from 'node:http';
import { createBusiness } from './business';
import { credentialsBelow, type SandboxCredentials } from './credentials';
import { delayOf, failureAnswer, faultsOf, noFaults, takeFailure, type Faults } from './faults';
import { json, send } from './respond';
import { exchangeOf, listen, makeCertificate, receive, record, unknownPath } from './server';
import type { ServiceCombAccounts } from './serviceComb/accounts';
import type { TokenApi, TokenApiService } from './tokenApi/tokenApi';
import type {
	Answer,
	Exchange,
	RecordedRequest,
	SandboxOptions,
	SandboxVendor,
	Surroundings,
	Vendor,
	VendorFaults,
} from './types';
import { VENDORS, vendorOf } from './vendors';

export type {
	Entry,
	Failure,
	Guide,
	RecordedRequest,
	Refusal,
	Sample,
	SandboxVendor,
	SandboxOptions,
	VendorFaults,
} from './types';
export type { Faults } from './faults';
export type { SandboxCredentials } from './credentials';
export type { TokenApi, TokenApiService } from './tokenApi/tokenApi';
export { AGENTS } from './agentAuth/agents';
export { decryptCipherText } from './agentAuth/cipher';
export { operatorCall } from './agentAuth/operatorCall';
export { VENDORS, vendorOf } from './vendors';

/** Every vendor and the services of the Token API, running. */
export interface Sandbox {
	/** Where the vendors are, e.g. `http://127.0.0.1:4100`. */
	url: string;
	/** The same over HTTPS, or `null` if that was not asked for. */
	tlsUrl: string | null;
	/** Another origin, which belongs to no vendor and answers 200 to everything. */
	strangerUrl: string;
	/** Everything received by any of the servers, in order of arrival. */
	requests: RecordedRequest[];
	/** Good credential data, all of it visibly fake. */
	credentials: SandboxCredentials;
	/** The services a Token API credential is for, by name. */
	tokenApi: TokenApi;
	/** Those that are played from their description files alone, by the names of these. */
	played: Record<string, TokenApiService>;
	/** The public key (PEM, SPKI) that ServiceComb's tokens are verified with. */
	serviceCombPublicKey: string;
	/**
	 * The accounts of ServiceComb by name: change a password or the roles as an admin would. A token
	 * keeps the roles it was given with.
	 *
	 * @example
	 * sandbox.serviceCombAccounts.reader.roles = ['developer'];
	 */
	readonly serviceCombAccounts: ServiceCombAccounts;
	/** What is to go wrong. */
	readonly faults: Faults;
	/** What is to go wrong at the vendor that a credential type is for. */
	faultsOf(credentialType: string): VendorFaults;
	/** Which kind of request this is, whichever server received it. */
	kindOf(request: IncomingMessage, body: Buffer): RecordedRequest['kind'];
	/** From now on every token issued so far is refused. */
	expireTokens(): void;
	/** From now on the secret in `credentials` is a wrong one, and the tokens it got are refused. */
	changeSecret(credentialType: string): void;
	/** Forgets all: requests, faults, lockouts, nonces, rate-limit windows, issued tokens. */
	reset(): void;
	/** Ends the servers and their open connections. */
	close(): Promise<void>;
}

/**
 * Starts every vendor and the services of the Token API as local servers.
 *
 * @example
 * const sandbox = await startSandbox();
 * sandbox.faults.maxus.tokenFailures = [{ status: 503, headers: { 'Retry-After': '1' } }];
 * // … point a client at sandbox.credentials.maxusApi …
 * await sandbox.close();
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const now = options.now ?? Date.now;
	const requests: RecordedRequest[] = [];
	const faults = noFaults();

	const stranger = await listen(
		handler('stranger', () => json(200, { ok: true, server: 'stranger' })),
		0,
	);
	const business = createBusiness({ strangerUrl: stranger.url });
	const isEveryVendors = business.knows;
	const surroundings = {
		now,
		faults,
		tokenSeconds: (name: string) => faultsOf(faults, name).tokenLifetimeSeconds,
		strangerUrl: stranger.url,
		isEveryVendors,
	};
	const created = await createAll(surroundings);
	const vendors = Object.values<{ servers: Vendor[] }>(created).flatMap(({ servers }) => servers);

	function serverAt(path: string): Vendor | undefined {
		return vendors.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
	}

	function answerOf(vendor: Vendor, exchange: Exchange): Answer {
		const { record: received } = exchange;
		received.kind = vendor.kindOf(exchange);
		const isToken = received.kind === 'token';
		if (isToken) received.token = null;
		const early = vendor.admit?.(exchange);
		if (early) return early;

		// The vendor looks at a call first: one that is to fail still uses up its nonce or token.
		const refused = isToken ? null : vendor.authorize(exchange);
		const usual = isToken
			? vendor.answerToken(exchange)
			: (refused ?? vendor.answerBusiness?.(exchange) ?? business.answer(exchange));
		const planned = faultsOf(faults, vendor.name);
		if (received.kind === 'logout') return usual;
		const failure = refused ? null : takeFailure(planned, received.kind);
		if (failure && isToken) received.token = null;
		const answer = failure ? failureAnswer(failure, vendor, exchange) : usual;
		const delayMs = (answer.delayMs ?? 0) + delayOf(planned, received.kind);
		const dripMs = isToken ? planned.tokenDripMs : undefined;
		return { dripMs, ...answer, delayMs };
	}

	function kindOf(request: IncomingMessage, content: Buffer): RecordedRequest['kind'] {
		const received = record(request, '', now());
		const vendor = serverAt(received.path);
		if (!vendor) return 'business';
		return vendor.kindOf({ ...exchangeOf(request, received, vendor.prefix), content });
	}

	function expireTokens(): void {
		for (const vendor of vendors) vendor.expireTokens();
	}

	/** Records each request, answers it, and notes on the record what became of it. */
	function handler(name: 'stranger' | null, answer: (exchange: Exchange) => Answer) {
		return async (request: IncomingMessage, response: ServerResponse) => {
			const path = (request.url ?? '/').split('?')[0] ?? '/';
			const vendor = name ? undefined : serverAt(path);
			const received = record(request, name ?? vendor?.name ?? 'stranger', now());
			requests.push(received);
			let isCut = false;
			response.on('close', () => {
				received.aborted = !response.writableFinished && !isCut;
			});
			try {
				const exchange = exchangeOf(request, received, vendor?.prefix ?? '');
				if (vendor) received.kind = vendor.kindOf(exchange);
				await receive(request, exchange);
				const given = answer(exchange);
				isCut = given.cut ?? false;
				await send(response, received, given);
			} catch (error) {
				if (!response.destroyed && !response.headersSent) {
					await send(response, received, json(500, { message: String(error) }));
				}
			}
		};
	}

	const vendorsHandler = handler(null, (exchange) => {
		const { path } = exchange.record;
		const vendor = serverAt(path);
		const isKnown = vendor && (vendor.takesExtraSlashes || !path.includes('//'));
		if (!isKnown) return unknownPath();
		const answer = answerOf(vendor, exchange);
		return vendor.encode?.(answer, exchange) ?? answer;
	});

	const listening = [stranger];
	const close = async () => {
		await Promise.all(listening.map((server) => server.close()));
	};
	let tlsUrl: string | null = null;
	try {
		listening.push(await listen(vendorsHandler, options.port ?? 0));
		if (options.tls) {
			const certificate = await makeCertificate();
			const tls = await listen(vendorsHandler, options.tlsPort ?? 0, certificate);
			listening.push(tls);
			tlsUrl = tls.url;
		}
	} catch (error) {
		await close();
		throw error;
	}
	const url = listening[1]?.url ?? '';

	return {
		url,
		tlsUrl,
		strangerUrl: stranger.url,
		requests,
		credentials: credentialsBelow(url),
		tokenApi: created.tokenApi.below(url, tlsUrl),
		played: created.tokenApi.playedBelow(url, tlsUrl),
		serviceCombPublicKey: created.serviceComb.publicKey,
		serviceCombAccounts: created.serviceComb.accounts,
		faults,
		faultsOf: (credentialType) => faultsOf(faults, vendorOf(credentialType).server),
		kindOf,
		expireTokens,
		changeSecret(credentialType) {
			const { server, wrongSecret } = vendorOf(credentialType);
			faultsOf(faults, server).tokenFailures = [{ ...wrongSecret, times: Infinity }];
			expireTokens();
		},
		reset() {
			requests.length = 0;
			Object.assign(faults, noFaults());
			business.reset();
			for (const vendor of vendors) vendor.reset();
		},
		close,
	};
}

type Created = {
	[Name in keyof typeof VENDORS]: Awaited<ReturnType<(typeof VENDORS)[Name]['create']>>;
};

async function createAll(surroundings: Surroundings): Promise<Created> {
	const entries = Object.entries<SandboxVendor>(VENDORS).map(
		async ([name, { create }]) => [name, await create(surroundings)] as const,
	);
	return Object.fromEntries(await Promise.all(entries)) as Created;
}
