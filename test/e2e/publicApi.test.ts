import axios, { type AxiosInstance } from 'axios';

import { startSandbox, type Sandbox } from '../../sandbox';
import { formFields, serviceFields } from '../support/ownFields';
import { connect } from './n8n';

/** How operators and Terraform make credentials: by n8n's public API, with a key. */
let api: AxiosInstance;
let sandbox: Sandbox;

beforeAll(async () => {
	const [client, started] = await Promise.all([connect(), startSandbox()]);
	sandbox = started;
	const key = await client.createApiKey(['credential:create', 'credential:delete']);
	api = axios.create({
		baseURL: `${client.url}/api/v1`,
		headers: { 'X-N8N-API-KEY': key },
		proxy: false,
		validateStatus: () => true,
	});
});

afterAll(() => sandbox.close());

async function create(type: string, data: object): Promise<[number, unknown]> {
	const name = 'By the public API';
	const { status, data: said } = await api.post<{ id?: string; message?: unknown }>(
		'/credentials',
		{ name, type, data },
	);
	if (said.id !== undefined) await api.delete(`/credentials/${said.id}`);
	return [status, said.message];
}

it('takes every form and every service of the Token API with just its own fields', async () => {
	const outcomes: unknown[] = [];
	for (const [what, data] of [...formFields, ...serviceFields]) {
		outcomes.push([what, ...(await create('tokenApi', data))]);
	}
	const names = [...formFields, ...serviceFields].map(([what]) => what);
	expect(outcomes).toEqual(names.map((what) => [what, 200, undefined]));
});

it('takes the credentials of the four vendors', async () => {
	for (const type of ['maxusApi', 'agentAuthApi', 'serviceCombApi', 'yesApi'] as const) {
		expect([type, ...(await create(type, sandbox.credentials[type]))]).toEqual([
			type,
			200,
			undefined,
		]);
	}
});

it('refuses a field that the credential has not, so that the tests above can fail', async () => {
	const [status] = await create('tokenApi', { ...serviceFields[0]?.[1], noSuchField: 'x' });
	expect(status).toBe(400);
});
