import { setTimeout as wait } from 'node:timers/promises';

import { Token } from '../../../nodes/Token/Token.node';
import { skipPauses } from '../authenticatedRequest/skippedTime';
import { pressTest } from '../credentialTest';
import { engine } from '../engine';
import { runHelpers, runNode } from '../harness';
import { FILE_MAKER, PI_HOLE, REDFISH, Seats } from './seats';
import { call, items } from './setup';

skipPauses();

const OK = { status: 'OK', message: 'Connection successful!' };

let seats: Seats;

afterEach(async () => await seats.close());

/** Until nobody holds more sessions than that. */
async function onlyOpen(count: number): Promise<void> {
	for (let waited = 0; seats.open.size > count && waited < 2000; waited += 5) await wait(5);
	expect(seats.open.size).toBe(count);
}

/** What was sent before has arrived. */
async function quiet(): Promise<void> {
	for (let times = 0; times < 3; times += 1) await fetch(`${seats.credential.baseUrl}/quiet`);
}

describe.each([PI_HOLE, REDFISH, FILE_MAKER])('$service, which has $seats seats', (kind) => {
	beforeEach(async () => {
		seats = await Seats.start(kind);
	});

	it('has all its seats free after as many presses of Test, and two more', async () => {
		for (let press = 0; press < kind.seats + 2; press += 1) {
			expect(await pressTest('tokenApi', seats.credential)).toEqual(OK);
			await onlyOpen(0);
		}
		expect(seats.logins).toBe(kind.seats + 2);
		expect(new Set(seats.ended).size).toBe(seats.ended.length);
	});

	it('has all its seats free after a fresh token for each of many calls', async () => {
		const count = 3 * kind.seats;
		const parameters = { tokenUse: 'fresh', url: '/x', options: { concurrency: 2 } };
		const run = await call(seats.credential, parameters, { items: items(count) });
		expect(run.error).toBeNull();
		expect(run.items).toHaveLength(count);
		expect(seats.logins).toBe(count);
		expect(seats.most).toBeLessThanOrEqual(kind.seats);
		await onlyOpen(0);
		expect(new Set(seats.ended).size).toBe(count);
	});

	it('keeps the session of a token that is used again, and ends it once that is given up', async () => {
		const reuse = async () =>
			await call(seats.credential, { tokenUse: 'reuse', url: '/x' }, { items: items(4) });
		expect((await reuse()).error).toBeNull();
		expect((await reuse()).error).toBeNull();
		expect([seats.logins, seats.ended]).toEqual([1, []]);
		seats.open.clear();
		expect((await reuse()).error).toBeNull();
		expect(seats.logins).toBe(2);
		await quiet();
		expect(seats.ended).toEqual(['fake-session-1']);
		expect([...seats.open]).toEqual(['fake-session-2']);
	});
});

describe('a logout', () => {
	beforeEach(async () => {
		seats = await Seats.start(PI_HOLE);
	});

	const reuse = { tokenUse: 'reuse', url: '/x' };

	it('does not end the session that other calls use, when Test is pressed', async () => {
		await call(seats.credential, reuse);
		expect(await pressTest('tokenApi', seats.credential)).toEqual(OK);
		await onlyOpen(1);
		const later = await call(seats.credential, reuse);
		expect([later.error, later.items[0]?.json]).toEqual([null, { id: 'fake-session-1' }]);
		expect(seats.logins).toBe(2);
	});

	it('is not in the way: calls and Test succeed though it is refused, or never answered', async () => {
		const held: Array<{ end: () => unknown }> = [];
		for (const answer of ['refused', 'silent']) {
			seats.onLogout = (response) => {
				if (answer === 'refused') response.writeHead(500).end();
				else held.push(response);
			};
			const { error, items: given } = await call(seats.credential, {
				...reuse,
				tokenUse: 'fresh',
			});
			expect([answer, error, given.length]).toEqual([answer, null, 1]);
			expect(await pressTest('tokenApi', seats.credential)).toEqual(OK);
		}
		for (const response of held) response.end();
	});

	it('is not sent for a token that a node of the user or of n8n goes on to use', async () => {
		const credentials = { tokenApi: seats.credential as never };
		const token = await runNode({ node: new Token(engine), credentials });
		const given = String(token.items[0]?.json['token']);
		await runHelpers(
			{ credentials },
			async (context) =>
				(await context.helpers.httpRequestWithAuthentication.call(context, 'tokenApi', {
					url: `${seats.credential.baseUrl}/x`,
					json: true,
				})) as never,
		);
		expect(await pressTest('tokenApi', seats.credential)).toEqual(OK);
		await quiet();
		expect(seats.open).toContain(given);
		expect(seats.open.size).toBe(1);
	});

	it('is sent only where the token may go', async () => {
		const credential = {
			service: 'description',
			baseUrl: seats.credential.baseUrl,
			password: 'fake-password',
			description: JSON.stringify({
				version: 1,
				name: 'Elsewhere',
				values: { password: { label: 'Password', secret: true } },
				login: { url: '/api/auth', json: { password: '{{password}}' } },
				token: { json: 'session.sid' },
				send: { header: 'X-FTL-SID' },
				logout: { method: 'DELETE', url: 'http://127.0.0.2:9/api/auth' },
			}),
		};
		expect((await call(credential, { ...reuse, tokenUse: 'fresh' })).error).toBeNull();
		await quiet();
		expect(seats.ended).toEqual([]);
	});
});
