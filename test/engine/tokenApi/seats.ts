import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a service with a count of sessions logs in, is called, and logs out. */
export interface Seated {
	service: string;
	seats: number;
	database?: string;
	login: string;
	/** Sends what a login gets with a session. */
	giveSession: (response: ServerResponse, id: string) => void;
	/** What the service answers when all are taken. */
	full: { status: number; json: object };
	/** The header with the token. */
	header: string;
	/** The path of a logout, by the session. */
	logout: (id: string) => string;
}

const json = (response: ServerResponse, status: number, body: object, headers: object = {}) =>
	response
		.writeHead(status, { 'Content-Type': 'application/json', ...headers })
		.end(JSON.stringify(body));

export const PI_HOLE: Seated = {
	service: 'piHole',
	seats: 16,
	login: '/api/auth',
	giveSession: (response, sid) =>
		json(response, 200, { session: { valid: true, sid, validity: 1800 } }),
	full: {
		status: 429,
		json: { error: { key: 'api_seats_exceeded', message: 'API seats exceeded' } },
	},
	header: 'x-ftl-sid',
	logout: () => '/api/auth',
};

export const REDFISH: Seated = {
	service: 'redfish',
	seats: 8,
	login: '/redfish/v1/SessionService/Sessions',
	giveSession: (response, id) => json(response, 201, { Id: id }, { 'X-Auth-Token': id }),
	full: {
		status: 503,
		json: { error: { code: 'Base.1.0.CreateLimitReachedForResource', message: 'Limit reached' } },
	},
	header: 'x-auth-token',
	logout: (id) => `/redfish/v1/SessionService/Sessions/${id}`,
};

export const FILE_MAKER: Seated = {
	service: 'fileMaker',
	seats: 5,
	database: 'Contacts',
	login: '/fmi/data/v1/databases/Contacts/sessions',
	giveSession: (response, token) =>
		json(response, 200, { response: { token }, messages: [{ code: '0', message: 'OK' }] }),
	full: { status: 503, json: { messages: [{ code: '812', message: 'Exceed host capacity' }] } },
	header: 'authorization',
	logout: (id) => `/fmi/data/v1/databases/Contacts/sessions/${id}`,
};

/** A service that has so many seats, of which each login takes one until its logout. */
export class Seats {
	/** Sessions that are open now. */
	readonly open = new Set<string>();

	/** Sessions that were ended, as often as they were. */
	readonly ended: string[] = [];

	/** The most that were open at once. */
	most = 0;

	logins = 0;

	/** How logouts are answered; default: they end the session. */
	onLogout: ((response: ServerResponse) => void) | null = null;

	private constructor(
		private readonly server: Server,
		private readonly kind: Seated,
	) {
		server.on('request', (request: IncomingMessage, response: ServerResponse) => {
			request.resume().on('end', () => this.answer(request, response));
		});
	}

	static async start(kind: Seated): Promise<Seats> {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return new Seats(server, kind);
	}

	get credential() {
		const { port } = this.server.address() as AddressInfo;
		const { service, database } = this.kind;
		return {
			service,
			baseUrl: `http://127.0.0.1:${port}`,
			username: 'me',
			password: 'fake-password',
			...(database && { database }),
		};
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private answer({ method, url = '', headers }: IncomingMessage, response: ServerResponse): void {
		const { kind, open } = this;
		if (method === 'POST' && url === kind.login) {
			if (open.size === kind.seats) return void json(response, kind.full.status, kind.full.json);
			this.logins += 1;
			const id = `fake-session-${this.logins}`;
			open.add(id);
			this.most = Math.max(this.most, open.size);
			return void kind.giveSession(response, id);
		}
		const id = String(headers[kind.header] ?? '').replace('Bearer ', '');
		if (method === 'DELETE' && url === kind.logout(id)) {
			if (this.onLogout !== null) return this.onLogout(response);
			this.ended.push(id);
			open.delete(id);
			return void response.writeHead(204).end();
		}
		if (!open.has(id)) return void json(response, 401, {});
		json(response, 200, { id });
	}
}
