import axios, { type AxiosInstance } from 'axios';
import { parse } from 'flatted';
import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** The owner of an n8n that is only ever used here. */
export const OWNER = {
	email: 'demo@example.com',
	password: 'Demo-only-password-1',
	firstName: 'Demo',
	lastName: 'Owner',
};

/** A workflow as n8n exports it. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, CredentialReference>;
	[setting: string]: unknown;
}

export interface CredentialReference {
	id: string;
	name: string;
}

export interface SavedWorkflow extends Workflow {
	id: string;
	versionId: string;
}

/** One finished run of a workflow. */
export interface Execution {
	id: string;
	status: 'success' | 'error' | 'crashed' | 'canceled';
	startedAt: string;
	stoppedAt: string;
	/** What n8n stored of it, parsed. */
	data: {
		resultData: {
			runData: Record<string, NodeRun[]>;
			error?: { message: string; description?: string | null; [key: string]: unknown };
		};
	};
	/** What n8n stored of it, as it came: for looking whether something is in it. */
	stored: string;
}

export interface NodeRun {
	executionTime: number;
	executionStatus: string;
	error?: { message: string; [key: string]: unknown };
	data?: { main: Array<Item[] | null> };
}

export interface Item {
	json: Record<string, unknown>;
	pairedItem?: unknown;
	[key: string]: unknown;
}

/** n8n's status while so many items read their credential that its database does not answer in time. */
const BUSY = 503;

const FINISHED = ['success', 'error', 'crashed', 'canceled'];

/** n8n's REST API as its editor uses it. */
export class Client {
	private readonly http: AxiosInstance;

	/** @param url e.g. `http://127.0.0.1:5678` */
	constructor(readonly url: string) {
		this.http = axios.create({
			baseURL: `${url}/rest`,
			// n8n ties a login to the browser that made it.
			headers: { 'browser-id': 'token-providers' },
			proxy: false,
			timeout: 60_000,
			// n8n closes a connection that waits for five seconds, and is at times too busy to say so.
			httpAgent: new Agent({ keepAlive: false }),
		});
		this.http.interceptors.response.use(undefined, (error: unknown) => {
			throw new Error(describe(error));
		});
	}

	/** Logs in as the owner, who is created on the first start. */
	async logIn(): Promise<void> {
		const { data } = await this.http.get<{
			data: { userManagement: { showSetupOnFirstLoad: boolean } };
		}>('/settings');
		const { email, password } = OWNER;
		const { headers } = data.data.userManagement.showSetupOnFirstLoad
			? await this.http.post('/owner/setup', OWNER)
			: await this.http.post('/login', { emailOrLdapLoginId: email, password });
		const cookies = headers['set-cookie'] ?? [];
		this.http.defaults.headers.common['Cookie'] = cookies
			.map((one) => one.split(';')[0])
			.join('; ');
	}

	/** Creates a credential, or gives the one of this type and name new data. */
	async saveCredential(type: string, name: string, data: object): Promise<CredentialReference> {
		const { data: existing } =
			await this.get<Array<CredentialReference & { type: string }>>('/credentials');
		const found = existing.find((one) => one.type === type && one.name === name);
		const credential = { name, type, data };
		const { data: saved } = found
			? await this.patch<CredentialReference>(`/credentials/${found.id}`, credential)
			: await this.post<CredentialReference>('/credentials', credential);
		return { id: saved.id, name: saved.name };
	}

	/** What the *Test* button of a saved credential says. */
	async testCredential(
		type: string,
		{ id, name }: CredentialReference,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const { data: saved } = await this.get<{ data: object }>(`/credentials/${id}?includeData=true`);
		const credentials = { id, name, type, data: saved.data };
		return (
			await this.post<{ status: 'OK' | 'Error'; message: string }>('/credentials/test', {
				credentials,
			})
		).data;
	}

	/** Creates a workflow, or replaces the one of this name. */
	async saveWorkflow(workflow: Workflow): Promise<SavedWorkflow> {
		const { data: existing } = await this.get<SavedWorkflow[]>('/workflows');
		const found = existing.find(({ name }) => name === workflow.name);
		const { data } = found
			? await this.patch<SavedWorkflow>(`/workflows/${found.id}?forceSave=true`, workflow)
			: // n8n 1 wants to be told.
				await this.post<SavedWorkflow>('/workflows', { active: false, ...workflow });
		return data;
	}

	/** Starts a workflow from its trigger, and gives the id of the execution. */
	async startWorkflow(workflow: SavedWorkflow): Promise<string> {
		const trigger = workflow.nodes.find(({ type }) => /Trigger$/i.test(type));
		const { data } = await this.post<{ executionId: string }>(`/workflows/${workflow.id}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name: trigger?.name },
		});
		return data.executionId;
	}

	/** Runs a workflow from its trigger to its end. */
	async runWorkflow(workflow: SavedWorkflow): Promise<Execution> {
		return await this.waitForExecution(await this.startWorkflow(workflow));
	}

	/** Waits until an execution has ended. */
	async waitForExecution(id: string): Promise<Execution> {
		for (;;) {
			const { status, data: body } = await this.http.get<{
				data: Omit<Execution, 'data' | 'stored'> & { data: string };
			}>(`/executions/${id}`, { validateStatus: (code) => code === 200 || code === BUSY });
			if (status === BUSY) {
				await wait(1000);
				continue;
			}
			const { data } = body;
			// n8n 1 stores that an execution has ended a moment before its data.
			if (FINISHED.includes(data.status) && data.data !== '[]') {
				return { ...data, data: parse(data.data) as Execution['data'], stored: data.data };
			}
			await wait(50);
		}
	}

	/** The ids of what has run of a workflow, the newest first. */
	async executionsOf({ id }: SavedWorkflow): Promise<string[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const { data } = await this.get<{ results: Array<{ id: string }> }>(
			`/executions?limit=100&filter=${filter}`,
		);
		return data.results.map((one) => one.id);
	}

	/** Removes what n8n stored of an execution. */
	async deleteExecution(id: string): Promise<void> {
		await this.post('/executions/delete', { ids: [id] });
	}

	/** What the *Stop* button does. */
	async stopExecution(id: string): Promise<void> {
		await this.post(`/executions/${id}/stop`, {});
	}

	/** Makes a workflow's production triggers listen. */
	async activate({ id, versionId }: SavedWorkflow): Promise<void> {
		await this.post(`/workflows/${id}/activate`, { versionId });
	}

	/** Makes them listen no more. */
	async deactivate({ id }: SavedWorkflow): Promise<void> {
		await this.post(`/workflows/${id}/deactivate`, {});
	}

	/** A key for n8n's public API. */
	async createApiKey(scopes: string[]): Promise<string> {
		const { data } = await this.post<{ rawApiKey: string }>('/api-keys', {
			label: `Test ${Date.now()}`,
			expiresAt: null,
			scopes,
		});
		return data.rawApiKey;
	}

	/** The names of all nodes that the editor offers. */
	async nodeNames(): Promise<string[]> {
		const url = `${this.url}/types/nodes.json`;
		const { data } = await this.http.get<Array<{ name: string }>>(url);
		return data.map(({ name }) => name);
	}

	private async get<T>(path: string): Promise<{ data: T }> {
		return (await this.http.get<{ data: T }>(path)).data;
	}

	private async post<T>(path: string, body: object): Promise<{ data: T }> {
		return (await this.http.post<{ data: T }>(path, body)).data;
	}

	private async patch<T>(path: string, body: object): Promise<{ data: T }> {
		return (await this.http.patch<{ data: T }>(path, body)).data;
	}
}

/** The items a node put out on its first output, or on another. */
export function outputOf({ data }: Execution, node: string, output = 0): Item[] {
	return data.resultData.runData[node]?.at(-1)?.data?.main[output] ?? [];
}

function describe(error: unknown): string {
	if (!axios.isAxiosError(error)) return String(error);
	const { config, response } = error;
	const said = (response?.data as { message?: string } | undefined)?.message ?? '';
	const answer = response ? `${response.status} ${said}` : error.message;
	return `n8n, ${config?.method?.toUpperCase()} ${config?.url}: ${answer}`;
}
