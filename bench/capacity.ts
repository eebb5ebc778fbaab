import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { markdownTable, milliseconds, ratio } from './markdown';
import type { Options } from './options';
import { timeOnce } from './rounds';
import type { Host, Stage } from './stage';
import { median } from './statistics';
import { reuseAt } from './ways';

/** Milliseconds that a small service works on each call. */
const WORK_MS = 50;

/** Milliseconds for which it answers nobody once too many have come. */
const HANG_MS = 30_000;

interface SmallService {
	url: string;
	/** The numbers of the items whose calls were carried out. */
	carriedOut: string[];
	refused: number;
	close: () => void;
}

/** What becomes of a call that comes when so many are under way, this one included. */
type Rule = (underWay: number) => 'work' | 'refuse' | 'hang';

/** A service with so many workers and a queue before them. */
async function smallService(workers: number, rule: Rule): Promise<SmallService> {
	const freeAt = Array<number>(workers).fill(0);
	let underWay = 0;
	let hangsUntil = 0;
	const service: SmallService = { url: '', carriedOut: [], refused: 0, close: () => {} };
	const answer = (path: string, response: ServerResponse) => {
		underWay -= 1;
		service.carriedOut.push(path.slice(1));
		response.setHeader('Content-Type', 'application/json');
		response.end('{"ok":true}');
	};
	const server = createServer((request, response) => {
		underWay += 1;
		request.resume();
		const said = rule(underWay);
		if (said === 'refuse') {
			underWay -= 1;
			service.refused += 1;
			response.writeHead(429).end();
			return;
		}
		const now = performance.now();
		if (said === 'hang') hangsUntil = now + HANG_MS;
		const first = freeAt.indexOf(Math.min(...freeAt));
		const ends = Math.max(now, freeAt[first] ?? 0, hangsUntil) + WORK_MS;
		freeAt[first] = ends;
		setTimeout(() => answer(request.url ?? '', response), ends - now);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	service.close = () => {
		server.close();
		server.closeAllConnections();
	};
	return service;
}

const SERVICES = [
	{
		name: '20 workers, hangs beyond 40 at once',
		workers: 20,
		rule: (underWay: number) => (underWay > 40 ? 'hang' : 'work'),
		fixed: [10, 20, 25, 30, 40],
	},
	{
		name: '30 workers, 429 beyond 30 at once',
		workers: 30,
		rule: (underWay: number) => (underWay > 30 ? 'refuse' : 'work'),
		fixed: [10, 20, 30],
	},
] as const;

/** How POSTs fare at services that take few at once: by default, and with fixed numbers. */
export async function compareCapacity(
	stage: Stage,
	host: Host,
	{ items: [items = 0], rounds }: Options,
): Promise<string> {
	const rows: string[][] = [];
	for (const { name, workers, rule, fixed } of SERVICES) {
		const timeWith = async (concurrency?: number) => {
			const times: number[] = [];
			let refused = 0;
			for (let round = 0; round < rounds; round += 1) {
				// Each has a port of its own, so that nothing is known of it.
				const service = await smallService(workers, rule);
				const way = reuseAt(stage, service.url, { concurrency });
				times.push(await timeOnce(stage, host, way, { delay: 0, items }));
				service.close();
				refused += service.refused;
				const once = new Set(service.carriedOut).size;
				if (once !== items || service.carriedOut.length !== items) {
					throw new Error(`${name}: ${service.carriedOut.length} calls of ${once} items`);
				}
			}
			return { ms: median(times), refused: Math.round(refused / rounds) };
		};
		await timeWith(fixed[0]);
		const own = await timeWith();
		const others: number[] = [];
		for (const concurrency of fixed) others.push((await timeWith(concurrency)).ms);
		const best = Math.min(...others);
		const at = fixed[others.indexOf(best)];
		rows.push([
			name,
			milliseconds(own.ms),
			`${milliseconds(best)} (${at})`,
			ratio(own.ms / best),
			String(own.refused),
		]);
	}
	return markdownTable(
		[`${items} POSTs, each carried out once`, 'default', 'best fixed', '÷', 'sent again'],
		rows,
	);
}
