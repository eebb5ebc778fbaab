import { ServiceComb } from '../../../packages/servicecomb/nodes/ServiceComb/ServiceComb.node';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { engine } from '../../engine/engine';
import { byId, outputOf, runOperation, type VendorRun } from '../run';

let sandbox: Sandbox;
let run: VendorRun;
let serviceId: string;

beforeEach(async () => {
	sandbox = await startSandbox();
	run = { node: new ServiceComb(engine), credential: sandbox.credentials.serviceCombApi };
	const [found] = await outputOf(run, 'microservice', 'findId', { serviceName: 'service-1' });
	serviceId = String(found?.['serviceId']);
	sandbox.requests.length = 0;
});
afterEach(async () => await sandbox.close());

const calls = () =>
	sandbox.requests
		.filter(({ kind }) => kind === 'business')
		.map(({ method, path, query }) => `${method} ${path}${query && `?${query}`}`);

const REGISTRY = '/servicecomb/v4/default/registry';

/** As many as can be told from an empty list. */
const pair = (name: string, value: string) => ({ pair: [{ name, value }] });

describe('Microservice', () => {
	test('is created, read, updated and deleted', async () => {
		const [made] = await outputOf(run, 'microservice', 'create', {
			serviceName: 'order-service',
			version: '1.2.0',
			environment: 'production',
			additionalFields: { level: 'BACK', schemas: 'a, b', properties: pair('owner', 'team-1') },
		});
		const microserviceId = byId(String(made?.['serviceId']));
		expect(await outputOf(run, 'microservice', 'get', { microserviceId, simplify: false })).toEqual(
			[
				{
					serviceId: made?.['serviceId'],
					serviceName: 'order-service',
					appId: 'default',
					version: '1.2.0',
					environment: 'production',
					level: 'BACK',
					schemas: ['a', 'b'],
					properties: { owner: 'team-1' },
				},
			],
		);
		const properties = pair('owner', 'team-2');
		expect(await outputOf(run, 'microservice', 'update', { microserviceId, properties })).toEqual([
			{ success: true },
		]);
		expect(await outputOf(run, 'microservice', 'get', { microserviceId })).toMatchObject([
			{ properties: { owner: 'team-2' } },
		]);
		const force = { microserviceId, force: true };
		expect(await outputOf(run, 'microservice', 'delete', force)).toEqual([{ deleted: true }]);
		expect(calls().at(-1)).toBe(
			`DELETE ${REGISTRY}/microservices/${String(made?.['serviceId'])}?force=true`,
		);
		const { error } = await runOperation(run, 'microservice', 'get', { microserviceId });
		expect(error?.message).toContain('(400012): Micro-service does not exist');
	});

	test('a list is as long as Limit says, one item for each entry, and simplified', async () => {
		const all = await outputOf(run, 'microservice', 'getAll', { returnAll: true });
		expect(all).toHaveLength(101);
		const some = await outputOf(run, 'microservice', 'getAll', { limit: 2, simplify: true });
		expect(some).toEqual([
			{ serviceId: expect.any(String), serviceName: 'SERVICECENTER' },
			{ serviceId, serviceName: 'service-1' },
		]);
	});

	test('an ID cannot lead to another path', async () => {
		const microserviceId = byId('../../../accounts?x=');
		await runOperation(run, 'microservice', 'get', { microserviceId });
		expect(calls()).toEqual([`GET ${REGISTRY}/microservices/..%2F..%2F..%2Faccounts%3Fx%3D`]);
	});
});

describe('Instance', () => {
	test('is registered, found, kept alive, changed and unregistered', async () => {
		const microserviceId = byId(serviceId);
		const [made] = await outputOf(run, 'instance', 'create', {
			microserviceId,
			hostName: 'node-1',
			endpoints: 'rest://10.0.0.1:8080, rest://10.0.0.1:8081',
			additionalFields: { heartbeatInterval: 10 },
		});
		const one = { microserviceId, instanceId: String(made?.['instanceId']) };
		expect(await outputOf(run, 'instance', 'sendHeartbeat', one)).toEqual([{ success: true }]);
		await outputOf(run, 'instance', 'updateStatus', { ...one, status: 'OUTOFSERVICE' });
		await outputOf(run, 'instance', 'update', { ...one, properties: pair('zone', 'a') });
		const expected = {
			instanceId: one.instanceId,
			serviceId,
			hostName: 'node-1',
			endpoints: ['rest://10.0.0.1:8080', 'rest://10.0.0.1:8081'],
			status: 'OUTOFSERVICE',
			properties: { zone: 'a' },
		};
		expect(await outputOf(run, 'instance', 'get', one)).toEqual([expected]);
		expect(await outputOf(run, 'instance', 'getAll', { microserviceId })).toEqual([expected]);
		expect(await outputOf(run, 'instance', 'findAll', { serviceName: 'service-1' })).toEqual([
			expected,
		]);
		expect(await outputOf(run, 'instance', 'get', { ...one, simplify: false })).toMatchObject([
			{ healthCheck: { mode: 'push', interval: 10, times: 3 } },
		]);
		expect(await outputOf(run, 'instance', 'delete', one)).toEqual([{ deleted: true }]);
		expect(await outputOf(run, 'instance', 'getAll', { microserviceId })).toEqual([]);
	});

	test('one that is not there is a refusal with the words and the code of the engine', async () => {
		const one = { microserviceId: byId(serviceId), instanceId: 'nobody' };
		const { error } = await runOperation(run, 'instance', 'sendHeartbeat', one);
		expect(error?.message).toBe(
			'ServiceComb did not carry out the call (400017): Instance does not exist: instance not exist',
		);
		expect(error?.context['itemIndex']).toBe(0);
	});
});

test('Schema: upserted, read and deleted', async () => {
	const one = { microserviceId: byId(serviceId), schemaId: 'orders' };
	await outputOf(run, 'schema', 'upsert', { ...one, content: 'openapi: 3.0.0\n', summary: 'abc' });
	expect(await outputOf(run, 'schema', 'get', one)).toEqual([{ schema: 'openapi: 3.0.0\n' }]);
	const list = { microserviceId: one.microserviceId };
	expect(await outputOf(run, 'schema', 'getAll', list)).toEqual([
		{ schemaId: 'orders', summary: 'abc' },
	]);
	expect(await outputOf(run, 'schema', 'getAll', { ...list, withSchema: true })).toEqual([
		{ schemaId: 'orders', summary: 'abc', schema: 'openapi: 3.0.0\n' },
	]);
	expect(await outputOf(run, 'schema', 'delete', one)).toEqual([{ deleted: true }]);
});

describe('Configuration', () => {
	test('an entry is created, read, changed and deleted', async () => {
		const labels = pair('service', 'order');
		const [made] = await outputOf(run, 'configuration', 'create', {
			key: 'timeout',
			value: '2s',
			labels,
		});
		const entry = {
			id: made?.['id'],
			key: 'timeout',
			value_type: 'text',
			labels: { service: 'order' },
		};
		expect(made).toEqual({ ...entry, value: '2s', status: 'enabled', update_time: 1_700_000_000 });
		const one = { entryId: String(made?.['id']) };
		await outputOf(run, 'configuration', 'update', { ...one, value: '3s', status: 'disabled' });
		expect(await outputOf(run, 'configuration', 'get', one)).toMatchObject([
			{ ...entry, value: '3s', status: 'disabled' },
		]);
		const found = async (filters: object) =>
			await outputOf(run, 'configuration', 'getAll', { filters: filters as never });
		expect(await found({ labels })).toHaveLength(1);
		expect(await found({ labels: pair('service', 'other') })).toEqual([]);
		expect(await found({ key: 'timeout', status: 'enabled' })).toEqual([]);
		expect(await outputOf(run, 'configuration', 'delete', one)).toEqual([{ deleted: true }]);
	});

	test('a long list is read in pages of a hundred', async () => {
		const items = Array.from({ length: 205 }, (_, index) => ({ json: { key: `key-${index}` } }));
		const creating = { ...run, items };
		await outputOf(creating, 'configuration', 'create', { key: '={{ $json.key }}' });
		sandbox.requests.length = 0;
		expect(await outputOf(run, 'configuration', 'getAll', { returnAll: true })).toHaveLength(205);
		expect(calls().map((call) => call.replace(/^.*\?/, ''))).toEqual([
			'limit=100&offset=0',
			'limit=100&offset=100',
			'limit=100&offset=200',
		]);
		expect(await outputOf(run, 'configuration', 'getAll', { limit: 150 })).toHaveLength(150);
	});

	test('a center of its own gets no token unless its host is listed', async () => {
		const configurationUrl = `${sandbox.strangerUrl}/`;
		const refused = await runOperation(run, 'configuration', 'getAll', { configurationUrl });
		expect(refused.error?.message).toContain('ServiceComb tokens must not go to');
		expect(calls()).toEqual([]);
		const allowed = {
			...run,
			credential: {
				...run.credential,
				allowedHttpRequestDomains: 'domains',
				allowedDomains: '127.0.0.1',
			},
		};
		await outputOf(allowed, 'configuration', 'getAll', { configurationUrl });
		expect(sandbox.requests.at(-1)).toMatchObject({
			vendor: 'stranger',
			path: '/v1/default/kie/kv',
		});
	});
});
