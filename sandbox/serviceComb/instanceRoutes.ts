import { createHash } from 'node:crypto';
import { parseJsonObject } from '../body';
import { json } from '../respond';
import type { Answer } from '../types';
import { refused } from './refusals';
import { done, type Route, type RouteCall } from './routes';

interface Registered {
	has(serviceId: string): boolean;
	idOf(name: string): string;
}

const BASE = '/v4/:project/registry/microservices/:serviceId';

/** The routes about the instances of registered services: there are none at first. */
export function instanceRoutes({ has, idOf }: Registered): { routes: Route[]; reset(): void } {
	const instances = new Map<string, Record<string, unknown>>();

	const ofService = (serviceId: string) =>
		[...instances.values()].filter((one) => one['serviceId'] === serviceId);

	function create({ content, parameters: { serviceId = '' } }: RouteCall): Answer {
		if (!has(serviceId)) return refused(400012, 'Service does not exist.');
		const given = parseJsonObject(content)?.['instance'] as Record<string, unknown> | undefined;
		if (!given || typeof given['hostName'] !== 'string') {
			return refused(400001, "field 'Instance.HostName' invalid value ''");
		}
		const made = createHash('md5')
			.update(JSON.stringify([serviceId, given]))
			.digest('hex');
		const instanceId = String(given['instanceId'] ?? made);
		const healthCheck = { mode: 'push', interval: 30, times: 3 };
		instances.set(instanceId, { status: 'UP', healthCheck, ...given, instanceId, serviceId });
		return json(200, { instanceId });
	}

	/** What a route does with the instance that its path names. */
	const withOne =
		(work: (instance: Record<string, unknown>, call: RouteCall) => Answer) =>
		(call: RouteCall): Answer => {
			const instance = instances.get(call.parameters['instanceId'] ?? '');
			return instance ? work(instance, call) : refused(400017, 'instance not exist');
		};

	/** As the engine: an empty list is left out. */
	const listed = (found: object[]) => json(200, found.length === 0 ? {} : { instances: found });

	const routes: Route[] = [
		{
			pattern: `${BASE}/instances`,
			resource: 'service',
			methods: {
				GET: ({ parameters }) => listed(ofService(parameters['serviceId'] ?? '')),
				POST: create,
			},
		},
		{
			pattern: `${BASE}/instances/:instanceId`,
			resource: 'service',
			methods: {
				GET: withOne((instance) => json(200, { instance })),
				DELETE: withOne((instance) => {
					instances.delete(String(instance['instanceId']));
					return done();
				}),
			},
		},
		{
			pattern: `${BASE}/instances/:instanceId/heartbeat`,
			resource: 'service',
			methods: { PUT: withOne(done) },
		},
		{
			pattern: `${BASE}/instances/:instanceId/status`,
			resource: 'service',
			methods: {
				PUT: withOne((instance, { query }) => {
					instance['status'] = query.get('value');
					return done();
				}),
			},
		},
		{
			pattern: `${BASE}/instances/:instanceId/properties`,
			resource: 'service',
			methods: {
				PUT: withOne((instance, { content }) => {
					instance['properties'] = parseJsonObject(content)?.['properties'];
					return done();
				}),
			},
		},
		{
			pattern: '/v4/:project/registry/instances',
			resource: 'service',
			methods: {
				GET: ({ query }) => {
					const serviceId = idOf(query.get('serviceName') ?? '');
					if (!has(serviceId)) return refused(400012, 'provider does not exist');
					return listed(ofService(serviceId));
				},
			},
		},
	];
	return { routes, reset: () => instances.clear() };
}
