import { hasMediaType, parseJson } from './body';
import { json, text } from './respond';
import type { Answer, Exchange, Surroundings } from './types';

const LARGEST_ECHO = 1024 * 1024;

type Endpoint = (exchange: Exchange, argument: string) => Answer;

/** The business endpoints every vendor has, told apart by how a path ends. */
export function createBusiness({ strangerUrl }: Pick<Surroundings, 'strangerUrl'>) {
	const seen = new Map<string, number>();

	/** Whether this URL was asked for no more than `times` times, this one included. */
	function isAmongFirst({ record }: Exchange, times: number): boolean {
		const key = `${record.path}?${record.query}`;
		const count = (seen.get(key) ?? 0) + 1;
		seen.set(key, count);
		return count <= times;
	}

	function status(exchange: Exchange, argument: string): Answer {
		const code = Number(argument);
		if (code < 200 || code > 599) return json(400, { message: 'No such status' });
		const times = Number(exchange.query.get('times') ?? Infinity);
		if (!isAmongFirst(exchange, times)) return echo(exchange);
		const retryAfter = exchange.query.get('retryAfter');
		const answer = json(code, { message: `Status ${code}` });
		if (retryAfter !== null) answer.headers = { ...answer.headers, 'Retry-After': retryAfter };
		return answer;
	}

	function expired200(exchange: Exchange): Answer {
		const times = Number(exchange.query.get('times') ?? 1);
		if (!isAmongFirst(exchange, times)) return echo(exchange);
		return json(200, { code: 401, msg: 'token expired' });
	}

	const endpoints: Array<[RegExp, Endpoint]> = [
		[/\/echo$/, echo],
		[/\/status\/(\d{3})$/, status],
		[/\/text$/, () => text(200, 'Plain text')],
		[/\/html$/, html],
		[/\/empty$/, () => ({ status: 204 })],
		[/\/latin1$/, latin1],
		[/\/gbk$/, gbk],
		[/\/array$/, () => json(200, [{ id: 1 }, { id: 2 }, { id: 3 }])],
		[/\/bytes\/(\d+)$/, bytes],
		[/\/slow\/(\d+)$/, (exchange, ms) => ({ ...echo(exchange), delayMs: Number(ms) })],
		[/\/pages$/, (exchange) => pages(exchange, null)],
		[/\/pages-elsewhere$/, (exchange) => pages(exchange, strangerUrl)],
		[/\/redirect\/(30[12378])$/, redirect],
		[/\/expired-200$/, expired200],
		[/\/cut$/, () => ({ status: 0, cut: true })],
	];

	return {
		/** Whether a path is one of the endpoints with behaviour of their own, or `/echo`. */
		knows: (path: string) => endpoints.some(([pattern]) => pattern.test(path)),

		answer(exchange: Exchange): Answer {
			for (const [pattern, endpoint] of endpoints) {
				const match = pattern.exec(exchange.path);
				if (match) return endpoint(exchange, match[1] ?? '');
			}
			return echo(exchange);
		},

		reset: () => seen.clear(),
	};
}

/** Says back what was sent; never a header, so never a token. */
function echo(exchange: Exchange): Answer {
	const { record, query } = exchange;
	const entries = [...new Set(query.keys())].map((key) => {
		const values = query.getAll(key);
		return [key, values.length > 1 ? values : values[0]];
	});
	return json(200, {
		ok: true,
		method: record.method,
		path: record.path,
		query: Object.fromEntries(entries) as unknown,
		body: receivedBody(exchange),
	});
}

function receivedBody({ record, headers, content }: Exchange): unknown {
	if (record.decrypted !== undefined) return record.decrypted;
	if (record.bodyBytes === 0) return null;
	if (content.length > 0 && hasMediaType(headers, 'application/json')) {
		return parseJson(content) ?? record.body;
	}
	if (record.bodyBytes <= LARGEST_ECHO) return record.body;
	return { bytes: record.bodyBytes, sha256: record.bodySha256 };
}

function html(): Answer {
	const page = '<!doctype html><html><body><h1>Sign in</h1></body></html>';
	return text(200, page, 'text/html; charset=utf-8');
}

function latin1(): Answer {
	const body = Buffer.from('Grüße aus Zürich, café', 'latin1');
	return { status: 200, headers: { 'Content-Type': 'text/plain; charset=ISO-8859-1' }, body };
}

function gbk(): Answer {
	// 你好，世界
	const body = Buffer.from('c4e3bac3a3accac0bde7', 'hex');
	return { status: 200, headers: { 'Content-Type': 'text/plain; charset=GBK' }, body };
}

function bytes(_exchange: Exchange, count: string): Answer {
	return {
		status: 200,
		headers: {
			'Content-Type': 'application/octet-stream',
			'Content-Disposition': `attachment; filename="sandbox-${count}.bin"`,
		},
		streamBytes: Number(count),
	};
}

function redirect(exchange: Exchange, status: string): Answer {
	const to = exchange.query.get('to');
	if (!to) return json(400, { message: 'The parameter "to" is missing' });
	return { status: Number(status), headers: { Location: to } };
}

function pages({ record, query, origin }: Exchange, elsewhere: string | null): Answer {
	const page = Number(query.get('page') ?? 1);
	const size = Number(query.get('size') ?? 2);
	const total = Number(query.get('total') ?? 5);
	const first = (page - 1) * size + 1;
	const count = Math.max(0, Math.min(size, total - first + 1));
	const items = Array.from({ length: count }, (_, index) => ({ id: first + index }));
	const following = new URLSearchParams(query);
	following.set('page', String(page + 1));
	following.set('size', String(size));
	following.set('total', String(total));
	const next = `${elsewhere ?? origin}${record.path}?${following.toString()}`;
	return json(200, { items, page, next: page * size < total ? next : null, total });
}
