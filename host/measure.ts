import type { RecordedRequest, Sandbox } from '../sandbox';
import type { Client, Execution, SavedWorkflow } from './client';

/** What has to come of a workflow. */
export interface Expected {
	items: number;
	calls: number;
	/** How many tokens may be fetched: no fewer, no more. */
	tokens: [number, number];
	distinct: number;
	/** The longest a token may be valid for, in seconds. */
	validFor: number;
}

/** What a workflow did, counted where the calls arrived. */
export interface Measured {
	items: number;
	calls: number;
	tokens: number;
	/** Different tokens that calls came with, or that were fetched where there are no calls. */
	distinct: number;
	/** The seconds the last token was valid for when it was fetched or used. */
	validFor: number | null;
	milliseconds: number;
	/** Why it is not as it must be; empty if it is. */
	wrong: string[];
}

/** Runs a saved workflow and compares what it did with what it has to do. */
export async function measure(
	client: Client,
	sandbox: Sandbox,
	workflow: SavedWorkflow,
	expected: Expected,
): Promise<Measured> {
	const before = sandbox.requests.length;
	const started = performance.now();
	const execution = await client.runWorkflow(workflow).catch((error: Error) => error);
	const milliseconds = performance.now() - started;
	const requests = sandbox.requests.slice(before);
	const calls = requests.filter(({ kind, status }) => kind === 'business' && status === 200);
	const tokens = requests.filter(({ kind, token }) => kind === 'token' && token !== null);
	const carriers = calls.length > 0 ? calls : tokens;
	const last = carriers.at(-1);
	const measured = {
		items: itemsOf(execution, workflow),
		calls: calls.length,
		tokens: tokens.length,
		distinct: new Set(carriers.map(({ token }) => token)).size,
		validFor: last ? secondsLeft(last) : null,
		milliseconds,
	};
	return { ...measured, wrong: compare(measured, expected, execution) };
}

function compare(
	measured: Omit<Measured, 'wrong'>,
	expected: Expected,
	execution: Execution | Error,
): string[] {
	if (execution instanceof Error) return [execution.message];
	const wrong: string[] = [];
	if (execution.status !== 'success') {
		const { error } = execution.data.resultData;
		const said = [error?.message, error?.description].filter(Boolean).join(' ');
		wrong.push(`${execution.status}: ${said}`);
	}
	for (const what of ['items', 'calls', 'distinct'] as const) {
		if (measured[what] !== expected[what]) {
			wrong.push(`${measured[what]} ${what}, not ${expected[what]}`);
		}
	}
	const [fewest, most] = expected.tokens;
	if (measured.tokens < fewest || measured.tokens > most) {
		wrong.push(`${measured.tokens} tokens, not ${[...new Set(expected.tokens)].join(' to ')}`);
	}
	if (!measured.validFor || measured.validFor > expected.validFor) {
		wrong.push(`valid for ${measured.validFor} s, not ${expected.validFor} s`);
	}
	return wrong;
}

function itemsOf(execution: Execution | Error, { nodes }: SavedWorkflow): number {
	if (execution instanceof Error) return 0;
	const { runData } = execution.data.resultData;
	const last = nodes.map(({ name }) => name).findLast((name) => runData[name]);
	return (last && runData[last]?.at(-1)?.data?.main[0]?.length) || 0;
}

/** Of a JWT: Maxus tells the end in milliseconds in a claim of its own. */
function secondsLeft({ token, at }: RecordedRequest): number | null {
	const payload = token?.split('.')[1];
	if (payload === undefined) return null;
	const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
		exp?: number;
		expireTimeStamp?: string;
	};
	const end = Number(claims.expireTimeStamp ?? (claims.exp ?? NaN) * 1000);
	return Number.isNaN(end) ? null : Math.floor((end - at) / 1000);
}
