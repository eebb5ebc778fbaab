import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface ChatRequest {
	/** Whether the answer is to come piece by piece. */
	stream?: boolean;
	messages: Array<{ role: string; content: unknown; tool_call_id?: string }>;
	tools?: Array<{ function: { name: string; description: string; parameters: object } }>;
}

/** A use of a tool that the model is to ask for. */
export interface ToolUse {
	/** Of the tool, as the model sees it. */
	name: string;
	arguments: Record<string, unknown>;
}

/** A server that plays OpenAI's chat model. */
export interface PlayedModel {
	/** For the credential. */
	url: string;
	requests: ChatRequest[];
	/** What it asks for when it gets a question; after the answers of the tools it ends. */
	toolUses: ToolUse[];
	/** What the tools told it, in the order it asked. */
	toldByTools(): string[];
	close(): Promise<void>;
}

/**
 * Starts a model that follows a script.
 *
 * @example
 * const model = await startPlayedModel();
 * model.toolUses = [{ name: 'Look_up', arguments: { URL: 'https://example.com' } }];
 */
export async function startPlayedModel(): Promise<PlayedModel> {
	const requests: ChatRequest[] = [];

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const asked = (await json(request)) as ChatRequest;
		requests.push(asked);
		const isTold = asked.messages.at(-1)?.role === 'tool';
		const message = isTold
			? { role: 'assistant', content: 'Done.' }
			: { role: 'assistant', content: null, tool_calls: model.toolUses.map(toolCall) };
		if (asked.stream === true) {
			stream(response, message, isTold ? 'stop' : 'tool_calls');
			return;
		}
		response.setHeader('Content-Type', 'application/json');
		response.end(
			JSON.stringify({
				id: 'played',
				object: 'chat.completion',
				created: 0,
				model: 'played',
				choices: [{ index: 0, message, finish_reason: isTold ? 'stop' : 'tool_calls' }],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			}),
		);
	}

	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const model: PlayedModel = {
		url: `http://127.0.0.1:${port}/v1`,
		requests,
		toolUses: [],
		toldByTools: () => {
			const told = requests.at(-1)?.messages.filter(({ role }) => role === 'tool') ?? [];
			return model.toolUses.map((_, index) =>
				String(told.find((one) => one.tool_call_id === callId(index))?.content),
			);
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
	return model;
}

/** The same message as events, as OpenAI streams it. */
function stream(response: ServerResponse, message: object, reason: string): void {
	response.setHeader('Content-Type', 'text/event-stream');
	const { tool_calls: calls, ...words } = message as { tool_calls?: object[] };
	const delta = { ...words, tool_calls: calls?.map((call, index) => ({ ...call, index })) };
	const chunks = [
		{ index: 0, delta, finish_reason: null },
		{ index: 0, delta: {}, finish_reason: reason },
	];
	for (const choice of chunks) {
		const chunk = { id: 'played', object: 'chat.completion.chunk', created: 0, model: 'played' };
		response.write(`data: ${JSON.stringify({ ...chunk, choices: [choice] })}\n\n`);
	}
	response.end('data: [DONE]\n\n');
}

const callId = (index: number) => `call_${index}`;

const toolCall = ({ name, arguments: given }: ToolUse, index: number) => ({
	id: callId(index),
	type: 'function',
	function: { name, arguments: JSON.stringify(given) },
});
