import { randomUUID } from 'node:crypto';
import { parseJsonObject } from '../body';
import { json, text } from '../respond';
import type { Answer } from '../types';
import type { Route, RouteCall } from './routes';

interface Entry {
	id: string;
	key: string;
	value: string;
	value_type: string;
	status: string;
	labels: Record<string, string>;
	[more: string]: unknown;
}

const DEFAULT_LIMIT = 20;
const MOST_AT_ONCE = 100;

/** As Kie writes a refusal. */
const failed = (status: number, message: string) => text(status, `{"error_msg":"${message}"}`);

/** The routes of ServiceComb Kie, the configuration center: it holds nothing at first. */
export function kieRoutes(): { routes: Route[]; reset(): void } {
	const entries = new Map<string, Entry>();
	let revision = 1;

	function create({ content }: RouteCall): Answer {
		const { key, value = '', value_type = 'text', ...given } = parseJsonObject(content) ?? {};
		if (typeof key !== 'string' || key === '') return failed(400, 'key is required');
		revision += 1;
		const entry: Entry = {
			id: randomUUID(),
			label_format: '',
			key,
			value: String(value),
			value_type: String(value_type),
			create_revision: revision,
			update_revision: revision,
			project: 'default',
			status: String(given['status'] ?? 'disabled'),
			create_time: 1_700_000_000,
			update_time: 1_700_000_000,
			labels: (given['labels'] ?? {}) as Entry['labels'],
		};
		entries.set(entry.id, entry);
		return json(200, entry);
	}

	function list({ query }: RouteCall): Answer {
		const offset = Number(query.get('offset') ?? 0);
		const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
		if (limit < 1 || limit > MOST_AT_ONCE) return failed(400, 'invalid limit number');
		const labels = query.getAll('label').map((pair) => pair.split(':') as [string, string]);
		const found = [...entries.values()].filter(
			(entry) =>
				['key', 'status'].every((name) => [entry[name], null].includes(query.get(name))) &&
				labels.every(([name, value]) => entry.labels[name] === value) &&
				(query.get('match') !== 'exact' || Object.keys(entry.labels).length === labels.length),
		);
		return json(200, { total: found.length, data: found.slice(offset, offset + limit) });
	}

	const withOne =
		(work: (entry: Entry, call: RouteCall) => Answer) =>
		(call: RouteCall): Answer => {
			const entry = entries.get(call.parameters['id'] ?? '');
			return entry ? work(entry, call) : failed(404, 'there is no kv');
		};

	const routes: Route[] = [
		{
			pattern: '/v1/:project/kie/kv',
			resource: 'config',
			methods: { GET: list, POST: create },
		},
		{
			pattern: '/v1/:project/kie/kv/:id',
			resource: 'config',
			methods: {
				GET: withOne((entry) => json(200, entry)),
				PUT: withOne((entry, { content }) => {
					Object.assign(entry, parseJsonObject(content));
					return json(200, entry);
				}),
				DELETE: withOne(({ id }) => {
					entries.delete(id);
					return { status: 204 };
				}),
			},
		},
	];
	return { routes, reset: () => entries.clear() };
}
