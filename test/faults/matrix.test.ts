import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { providers } from '../../providers';
import type { ProviderType } from '../../providers/registry';
import { systemRuntime } from '../../providers/http/runtime';
import { startSandbox, type Sandbox } from '../../sandbox';
import { useRuntime } from '../engine/engine';
import { secretsIn } from '../support/published';
import { certificateFor } from '../support/rawServer';
import { ANSWERS, TOKENS } from './answers';
import { CHANGES } from './changes';
import { CONSUMERS, makes, type Outcome } from './consumers';
import { startFront, type Fault, type Kind } from './front';
import { printMatrix } from './print';

const TYPES = Object.keys(providers) as ProviderType[];

/** Once, and three times more. */
const MOST_TOKEN_REQUESTS = 4;

/**
 * A POST that may have been carried out is not made again. One that met 429 is, three times; one whose token was
 * refused while it was new is, too, and as often with a renewed token.
 */
const MOST_CALLS = 8;

/** Changes that Authenticated Request gets over. */
const GO_WELL = [
	'token revoked',
	'a new token that is not known at once',
	'carried out, in words of an ended token',
];

/** A call and the redirects it follows, each with a token; one more where that is refused. */
const MOST_HOPS = 23;

/** Where the vendor's clock is, ahead of ours. */
let clockOffset = 0;
let skipped = 0;

// Pauses between tries take no time, and what may take twenty seconds or more a thirtieth of it.
useRuntime({
	...systemRuntime,
	now: () => Date.now() + skipped - clockOffset,
	elapsed: () => performance.now() + skipped,
	pause: async (ms) => {
		skipped += Math.max(0, Math.round(ms));
	},
	timer: (ms, onTime) => {
		const isShort = ms < 10_000;
		return systemRuntime.timer(isShort ? ms : ms / 30, () => {
			if (!isShort) skipped += Math.round(ms - ms / 30);
			onTime();
		});
	},
});

let sandbox: Sandbox;
const cells: Record<string, Record<string, string>> = {};

beforeAll(async () => {
	sandbox = await startSandbox({ now: () => Date.now() + skipped });
});

beforeEach(() => sandbox.reset());

afterAll(async () => {
	await sandbox.close();
	printMatrix(cells);
});

interface Cell {
	type: ProviderType;
	consumer: string;
	row: string;
	kind: Kind;
	fault: Fault;
}

/** Runs a consumer behind a fault, and holds what comes of it to the rules. */
async function holdsTo(
	{ type, consumer, row, kind, fault }: Cell,
	{
		mayGoOn = false,
		isForAll = false,
		isDone = false,
		tls,
		at,
	}: {
		mayGoOn?: boolean;
		/** The item beside it meets the fault, too, once it has a token. */
		isForAll?: boolean;
		/** The call is carried out at once, so that it is not made again. */
		isDone?: boolean;
		tls?: { key: string; cert: string };
		at?: string;
	} = {},
): Promise<Outcome> {
	const front = await startFront(sandbox, { kind, fault }, tls);
	const origin = at ?? front.url;
	const credential = JSON.parse(
		JSON.stringify(sandbox.credentials[type]).replaceAll(sandbox.url, origin),
	) as ICredentialDataDecryptedObject;
	const url = `${String(credential.baseUrl).replace(/\/$/, '')}/echo`;
	try {
		const run = CONSUMERS[consumer];
		if (run === undefined) throw new Error(`No consumer ${consumer}`);
		const outcome = await run({ type, kind, credential, url });
		const { message, stored, ofOther } = outcome;
		expect(front.undone).toEqual([]);
		// Of a call that HTTP Request makes n8n itself says what came of it.
		const isOfN8n = kind === 'business' && consumer === 'HTTP Request';
		(cells[`${kind}: ${row}`] ??= {})[`${type}, ${consumer}`] = message ?? '';
		if (message !== null && !isOfN8n) {
			expect(message).toMatch(/\S/);
			expect(message.length).toBeLessThanOrEqual(1100);
			expect(message).not.toMatch(
				/\bE[A-Z]{5,}\b|TypeError|SyntaxError|\bundefined\b|\[object|\bNaN\b|node:|\.js:\d|<html/,
			);
		} else if (!mayGoOn) expect(message).not.toBeNull();
		for (const secret of secretsOf(type, credential)) {
			expect(stored.includes(secret)).toBe(false);
		}
		const items = ofOther === undefined ? 1 : 2;
		if (isDone) expect(front.counts.business).toBe(1);
		const isFollowed = kind === 'business' && row.endsWith('to itself');
		expect(front.counts.token).toBeLessThanOrEqual(
			isFollowed ? MOST_HOPS + items : (MOST_TOKEN_REQUESTS + (isForAll ? 1 : 0)) * items,
		);
		expect(front.counts.business).toBeLessThanOrEqual(isFollowed ? MOST_HOPS : MOST_CALLS);
		if (kind === 'business' && ofOther !== undefined && !isForAll) expect(ofOther).toBeNull();
		return outcome;
	} finally {
		front.close();
	}
}

/** What nobody may see: what the form of the credential hides, and the tokens. */
function secretsOf(type: ProviderType, data: ICredentialDataDecryptedObject): string[] {
	const tokens = sandbox.requests.flatMap(({ token }) => (token ? [token] : []));
	return [...Object.values(secretsIn(type, data)), ...tokens].filter((secret) => secret.length > 3);
}

const cellsOf = (rows: Record<string, Fault>, kind: Kind) =>
	Object.entries(rows).flatMap(([row, fault]) =>
		TYPES.flatMap((type) =>
			Object.keys(CONSUMERS)
				.filter((consumer) => makes(consumer, kind, type))
				.map((consumer): [string, ProviderType, string, Cell] => [
					row,
					type,
					consumer,
					{ row, type, consumer, kind, fault },
				]),
		),
	);

const nothing: Fault = ({ response }) => response.end('{}');

/** The cells of rows that are made otherwise than by a fault, each with what its row is made by. */
const cellsWith = <T>(rows: Record<string, T>, kind: Kind) =>
	Object.entries(rows).flatMap(([row, made]) =>
		cellsOf({ [row]: nothing }, kind).map((cell): [...typeof cell, T] => [...cell, made]),
	);

describe('the token request', () => {
	it.each(cellsOf(ANSWERS, 'token'))('%s: %s, %s', async (...[, , , cell]) => {
		await holdsTo(cell);
	});

	// A token that says nothing true about its end is a token: the vendor decides.
	it.each(cellsOf(TOKENS, 'token'))('%s: %s, %s', async (...[, , , cell]) => {
		await holdsTo(cell, { mayGoOn: true });
	});
});

describe('the business request', () => {
	it.each(cellsOf(ANSWERS, 'business'))('%s: %s, %s', async (...[, , , cell]) => {
		await holdsTo(cell, { mayGoOn: true });
	});
});

describe('a change at the vendor between the token and the call', () => {
	it.each(cellsWith(CHANGES, 'business'))(
		'%s: %s, %s',
		async (row, type, consumer, cell, change) => {
			const { message } = await holdsTo(
				{ ...cell, fault: change(sandbox, type) },
				{ mayGoOn: true, isForAll: true, isDone: row.startsWith('carried out') },
			);
			if (consumer === 'Authenticated Request') {
				if (GO_WELL.includes(row)) expect(message).toBeNull();
			}
		},
	);
});

describe('no connection', () => {
	it.each(cellsOf({ 'unknown host': nothing }, 'token'))('%s: %s, %s', async (...[, , , cell]) => {
		await holdsTo(cell, { at: 'http://no-such-host.invalid' });
	});

	it.each(cellsOf({ 'refused connection': nothing }, 'token'))(
		'%s: %s, %s',
		async (...[, , , cell]) => {
			await holdsTo(cell, { at: 'http://127.0.0.1:9' });
		},
	);

	const certificates = {
		'a self-signed certificate': () => certificateFor({ ip: '127.0.0.1' }),
		'a certificate for another host': () => certificateFor({ host: 'other.example' }),
		'a certificate that is over': () => certificateFor({ ip: '127.0.0.1' }, [-3, -2]),
	};
	it.each(cellsWith(certificates, 'token'))('%s: %s, %s', async (...[, , , cell, make]) => {
		await holdsTo(cell, { tls: await make() });
	});
});

describe('a clock that is wrong by ten minutes', () => {
	const passOn: Fault = async ({ vendor, response }) => {
		const { status, headers, body } = await vendor();
		response.writeHead(status, headers).end(body);
	};
	afterEach(() => {
		clockOffset = 0;
	});

	it.each(cellsOf({ 'clock behind': passOn, 'clock ahead': passOn }, 'token'))(
		'%s: %s, %s',
		async (...[row, , , cell]) => {
			clockOffset = row === 'clock behind' ? 600_000 : -600_000;
			await holdsTo(cell, { mayGoOn: true });
		},
	);
});
