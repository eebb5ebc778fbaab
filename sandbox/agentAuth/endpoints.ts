import { json } from '../respond';
import type { Answer, Exchange } from '../types';

const GAMES = ['Fake Dice', 'Fake Fortune', 'Fake Wheel'].map((en, index) => ({
	gameCode: `VP_23000${index + 1}_1`,
	brand: 'VP',
	status: 1,
	name: { en },
}));

const succeeded = (data?: unknown) =>
	json(200, {
		code: 0,
		message: 'No error.',
		...(data !== undefined && { data }),
		logUUID: '00000000-0000-4000-8000-000000000000',
	});

type Endpoint = (body: Record<string, unknown>) => Answer;

/** A bet a second, from the beginning of the time that is asked for. */
function betLogs({ startDate, offset }: Record<string, unknown>): Answer {
	const first = Number(offset);
	const rows = Array.from({ length: Math.max(0, Math.min(5000, 5002 - first)) }, (_, index) => ({
		betTime: new Date(Date.parse(String(startDate)) + (first + index) * 1000).toISOString(),
		txTime: '2026-01-21T07:20:00.000Z',
		currency: 'THB',
		brand: 'VP',
		gameCode: 'VP_230001_1',
		username: 'player001',
		roundId: String(first + index),
		transferId: String(first + index),
		betId: String(first + index),
		betStatus: 2,
		actualBetAmt: '0.500000',
		validBetAmt: '0.500000',
		winAmt: '0.360000',
		jackpotWin: '0.000000',
		jackpotContribute: '0.000000',
		betSourceId: 1,
	}));
	return succeeded({ rows });
}

const ENDPOINTS: Record<string, Endpoint> = {
	'/v2/games': () => succeeded(GAMES),
	'/v2/opengame': ({ gameCode }) =>
		succeeded({ gameLaunchHtml: null, gameLaunchUrl: `https://game.invalid/${String(gameCode)}` }),
	'/v2/members': () => succeeded(),
	'/v2/members/balance': ({ username }) => succeeded({ username, balance: 12.5 }),
	'/v2/members/transaction': ({ amount }) => succeeded({ amount, balance: 12.5 + Number(amount) }),
	'/v2/members/sessions/logout': () => succeeded(),
	'/v2/betlogs/offset': betLogs,
};

/** Answers the calls that the vendor's pages describe; `null` for any other. */
export function answerEndpoint({ path, record }: Exchange): Answer | null {
	return ENDPOINTS[path]?.((record.decrypted ?? {}) as Record<string, unknown>) ?? null;
}
