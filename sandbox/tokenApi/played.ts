import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Answer } from '../types';
import {
	carries,
	isRequest,
	type PrintedCall,
	type PrintedRequest,
	type Values,
} from './proofRequest';
import { isWrite } from './read';
import type { Service } from './types';

const FOLDER = join(__dirname, '../../providers/vendors/tokenApi/services');

/** A response as the vendor's documents print it. */
interface Printed {
	status?: number;
	headers?: Record<string, string | string[]>;
	json?: unknown;
	text?: string;
}

interface Placement {
	header?: string;
	writesOnly?: boolean;
}

interface Address {
	default?: string;
	example?: string;
}

/** What is read of the file of a service. */
interface ServiceFile {
	address?: Address;
	loginAddress?: Address;
	values?: Record<string, object>;
	login?: { url: string };
	logout?: { method?: string; url: string };
	send?: Placement | Placement[];
	before?: object;
	after?: object;
	jwt?: object;
	proof: {
		values?: Values;
		login?: { request: PrintedRequest; response: Printed };
		gives: { token?: string; extra?: Values; expiresIn: number | null };
		call: PrintedCall;
		refused: Printed[];
		expired: Printed[];
	};
}

/** A service that is played from what its vendor's documents print, and from nothing else. */
export interface PlayedService extends Service {
	/** The method that its calls have in the documents. */
	callMethod: string;
	/** The paths that its addresses end with: of calls, and of logins. */
	paths: { base: string; login: string };
}

const PLAYED_SECONDS = 3600;

/**
 * The services of the Token API that need no code to be played: one request logs in, at a path below an address that
 * the user gives, and nothing in it is signed.
 */
export function playedServices(): Record<string, PlayedService> {
	const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
	return Object.fromEntries(
		files.flatMap((name) => {
			const file = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as ServiceFile;
			const service = playedFrom(file);
			return service === null ? [] : [[basename(name, '.json'), service]];
		}),
	);
}

function playedFrom(file: ServiceFile): PlayedService | null {
	const { login, jwt, before, after, values: asked = {} } = file;
	const { login: printed, gives, call, refused, expired, values: given = {} } = file.proof;
	const isBelow = login !== undefined && !/^https?:/.test(login.url);
	if (printed === undefined || !isBelow || jwt || before || after) return null;
	const secrets = Object.fromEntries(
		Object.keys(asked).map((name) => [name, given[name] ?? `fake-${name}-"&$&<'\\%41+é`]),
	);
	// Where the documents print no token, all cookies of the login stand for it.
	const known = { ...gives.extra, token: gives.token ?? 'session' };
	const base = pathOf(file.address);
	const onWrites = [file.send ?? []]
		.flat()
		.flatMap(({ header, writesOnly }) => (writesOnly ? (header?.toLowerCase() ?? []) : []));
	const ofReads: PrintedCall = {
		...call,
		headers: Object.fromEntries(
			Object.entries(call.headers ?? {}).filter(([name]) => !onWrites.includes(name)),
		),
	};
	const { logout } = file;
	const end: PrintedRequest | undefined = logout && {
		method: logout.method ?? 'POST',
		url: `https://service.example${base}${logout.url}`,
	};
	return {
		secrets,
		paths: { base, login: file.loginAddress ? pathOf(file.loginAddress) : base },
		callMethod: call.method ?? 'POST',
		create: ({ account, tokens }) => ({
			isLogin: ({ path, record }) =>
				record.method === printed.request.method &&
				isRequest.path({ path }, printed.request, account.secrets),

			login(exchange) {
				const isRight = isRequest.whole(exchange, printed.request, account.secrets);
				if (account.admit('', isRight) !== 'good') return answerOf(refused[0], 401);
				tokens.issue(exchange, known.token, gives.expiresIn ?? PLAYED_SECONDS);
				return answerOf(printed.response, 200);
			},

			isLogout: ({ path, record }) =>
				record.method === end?.method &&
				isRequest.path({ path }, end, { ...account.secrets, ...known }),

			authorize(exchange) {
				const values = { ...account.secrets, ...known };
				const wanted = isWrite(exchange) ? call : ofReads;
				const token = carries(exchange, wanted, values) ? known.token : undefined;
				return tokens.use(exchange, token) === 'good' ? null : answerOf(expired[0], 401);
			},
		}),
	};
}

/** Without the slash at its end. */
const pathOf = ({ default: preset, example }: Address = {}) =>
	new URL(preset ?? example ?? 'https://service.example').pathname.replace(/\/$/, '');

function answerOf(printed: Printed | undefined, usualStatus: number): Answer {
	const { status = usualStatus, headers = {}, json, text = '' } = printed ?? {};
	if (json === undefined) return { status, headers, body: text };
	return {
		status,
		headers: { 'Content-Type': 'application/json', ...headers },
		body: JSON.stringify(json),
	};
}
