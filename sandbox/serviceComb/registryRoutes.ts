import { createHash } from 'node:crypto';
import { parseJsonObject } from '../body';
import { json } from '../respond';
import type { Answer } from '../types';
import { refused } from './refusals';
import { done, type Route, type RouteCall } from './routes';

const VERSION = { version: '2.2.0', apiVersion: '4.0.0' };
const NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9_\-.]*[a-zA-Z0-9])?$/;

/** Registered at first, beside the engine itself. */
const FIRST_NAMES = Array.from({ length: 100 }, (_, index) => `service-${index + 1}`);

const idOf = (name: string) => createHash('sha1').update(name).digest('hex');

/** The routes of the registry, and which services it has: `service-1` to `service-100` at first. */
export function registryRoutes(): {
	routes: Route[];
	reset(): void;
	has(serviceId: string): boolean;
	idOf(name: string): string;
} {
	const services = new Map<string, object>();

	function register(name: string, more: object = {}): string {
		const serviceId = idOf(name);
		services.set(serviceId, { ...more, serviceId, serviceName: name });
		return serviceId;
	}

	function reset(): void {
		services.clear();
		for (const name of ['SERVICECENTER', ...FIRST_NAMES]) register(name);
	}

	reset();

	const version = () => json(200, VERSION);
	const health = () => json(200, { instances: [] });

	function create({ content }: RouteCall): Answer {
		const body = parseJsonObject(content);
		if (!body) return refused(400001, 'json is invalid');
		const service = (body['service'] ?? {}) as Record<string, unknown>;
		const name = service['serviceName'] ?? '';
		if (typeof name !== 'string' || !NAME.test(name)) {
			const rule = 'does not match rule: {Min: 1, Max: 128}';
			return refused(400001, `field 'MicroService.ServiceName' invalid value '${name}' ${rule}`);
		}
		return json(200, { serviceId: register(name, service) });
	}

	function existence({ query }: RouteCall): Answer {
		if (query.get('type') !== 'microservice') {
			return refused(400001, 'Only micro-service and schema can be used as type.');
		}
		const name = query.get('serviceName') ?? '';
		const serviceId = idOf(name);
		if (services.has(serviceId)) return json(200, { serviceId });
		return refused(400012, `Service[${name}] does not exist.`);
	}

	const unknown = ({ parameters: { serviceId = '' } }: RouteCall) =>
		services.has(serviceId) ? null : refused(400012, 'Service does not exist.');

	const get = (call: RouteCall) =>
		unknown(call) ?? json(200, { service: services.get(call.parameters['serviceId'] ?? '') });

	function remove(call: RouteCall): Answer {
		const wrong = unknown(call);
		if (!wrong) services.delete(call.parameters['serviceId'] ?? '');
		return wrong ?? done();
	}

	function update(call: RouteCall): Answer {
		const wrong = unknown(call);
		if (wrong) return wrong;
		const { serviceId = '' } = call.parameters;
		const properties = parseJsonObject(call.content)?.['properties'];
		services.set(serviceId, { ...services.get(serviceId), properties });
		return done();
	}

	const routes: Route[] = [
		{ pattern: '/version', isOpen: true, methods: { GET: version } },
		{ pattern: '/health', isOpen: true, methods: { GET: health } },
		{ pattern: '/v4/:project/registry/version', isOpen: true, methods: { GET: version } },
		{ pattern: '/v4/:project/registry/health', isOpen: true, methods: { GET: health } },
		{
			pattern: '/v4/:project/registry/existence',
			resource: 'service',
			methods: { GET: existence },
		},
		{
			pattern: '/v4/:project/registry/microservices',
			resource: 'service',
			hasScope: ({ record, content }) =>
				record.method === 'GET' || Boolean(parseJsonObject(content)?.['service']),
			methods: { GET: () => json(200, { services: [...services.values()] }), POST: create },
		},
		{
			pattern: '/v4/:project/registry/microservices/:serviceId',
			resource: 'service',
			hasScope: (call) => unknown(call) === null,
			methods: { GET: get, DELETE: remove },
		},
		{
			pattern: '/v4/:project/registry/microservices/:serviceId/properties',
			resource: 'service',
			methods: { PUT: update },
		},
	];
	return { routes, reset, has: (serviceId) => services.has(serviceId), idOf };
}
