import { parseJsonObject } from '../body';
import { json } from '../respond';
import { refused } from './refusals';
import { done, type Route, type RouteCall } from './routes';

const BASE = '/v4/:project/registry/microservices/:serviceId/schemas';

/** The routes about the schemas of services: there are none at first. */
export function schemaRoutes(): { routes: Route[]; reset(): void } {
	const schemas = new Map<string, { schemaId: string; schema: unknown; summary?: unknown }>();
	const keyOf = ({ parameters: { serviceId, schemaId } }: RouteCall) => `${serviceId}/${schemaId}`;

	const routes: Route[] = [
		{
			pattern: BASE,
			resource: 'service/schema',
			methods: {
				GET: ({ parameters: { serviceId }, query }) => {
					const found = [...schemas.entries()]
						.filter(([key]) => key.startsWith(`${serviceId}/`))
						.map(([, { schema, ...rest }]) =>
							query.get('withSchema') === '1' ? { ...rest, schema } : rest,
						);
					return json(200, found.length === 0 ? {} : { schemas: found });
				},
			},
		},
		{
			pattern: `${BASE}/:schemaId`,
			resource: 'service/schema',
			methods: {
				GET: (call) => {
					const found = schemas.get(keyOf(call));
					return found ? json(200, { schema: found.schema }) : refused(400016);
				},
				PUT: (call) => {
					const { schema, summary } = parseJsonObject(call.content) ?? {};
					const schemaId = call.parameters['schemaId'] ?? '';
					schemas.set(keyOf(call), { schemaId, schema, ...(summary !== undefined && { summary }) });
					return done();
				},
				DELETE: (call) => (schemas.delete(keyOf(call)) ? done() : refused(400016)),
			},
		},
	];
	return { routes, reset: () => schemas.clear() };
}
