import { randomUUID } from 'node:crypto';
import { agentOf, type Agent } from './agents';
import { agentSignature, decryptCipherText } from './cipher';
import { answerEndpoint } from './endpoints';
import { hasMediaType, parseJson, parseJsonObject } from '../body';
import { IssuedTokens } from '../issuedTokens';
import { readClaims, signHs256 } from '../jwt';
import { json } from '../respond';
import type { Answer, Exchange, Surroundings, Vendor } from '../types';

const SIGNING_KEY = 'fake-agent-auth-signing-key-for-tests';
const TOKEN_PATH = '/v2/auth';
const CLOCK_TOLERANCE_MS = 5 * 60_000;
const VALID_SECONDS = 3600;

const MESSAGES: Record<number, string> = {
	7: 'Internal error',
	10: 'Agent code was not found or block',
	11: 'Parameters error',
	12: 'Authorization failed',
	77: 'Too many requests',
	83: 'Signature verification failed',
	84: 'Encryption failed',
};

// The code alone says that a request failed: most are refused under HTTP 200.
const refused = (code: number, { status = 200, message = MESSAGES[code] ?? 'Unknown code' } = {}) =>
	json(status, { code, message, logUUID: randomUUID() });

const succeeded = (data: unknown) =>
	json(200, { code: 0, message: 'No error.', data, logUUID: randomUUID() });

type Opened = { agent: Agent; plaintext: Record<string, unknown> | unknown[] };

/** Agent Auth: an agent for each of the two signature formats, and one with two ids. */
export function createAgentAuth({ now, tokenSeconds }: Surroundings): Vendor {
	const tokens = new IssuedTokens();
	const nonces = new Map<string, number>();

	function isNewNonce(agentId: string, nonce: string): boolean {
		const key = `${agentId} ${nonce}`;
		// A nonce need not be remembered for longer than its timestamp is accepted.
		for (const [old, at] of nonces) {
			if (at > now() - 2 * CLOCK_TOLERANCE_MS) break;
			nonces.delete(old);
		}
		if (nonces.has(key)) return false;
		nonces.set(key, now());
		return true;
	}

	/** Checks all that both kinds of call have, and decrypts; or says why not. */
	function open(exchange: Exchange): Opened | Answer {
		const { headers, content } = exchange;
		if (exchange.record.method !== 'POST') return refused(11, { status: 405 });
		if (!hasMediaType(headers, 'application/json')) return refused(11, { status: 400 });
		const agentId = headers['x-agentid'];
		const timestamp = headers['x-timestamp'];
		const nonce = headers['x-nonce'];
		const signature = headers['x-signature'];
		const body = parseJsonObject(content);
		const cipherText = body?.['cipherText'];
		if (
			typeof agentId !== 'string' ||
			agentId === '' ||
			typeof timestamp !== 'string' ||
			typeof nonce !== 'string' ||
			typeof signature !== 'string' ||
			typeof cipherText !== 'string' ||
			Object.keys(body ?? {}).length !== 1 ||
			!/^[0-9a-f]{32}$/i.test(nonce) ||
			!/^\d+$/.test(timestamp)
		) {
			return refused(11, { status: 400 });
		}
		const agent = agentOf(agentId);
		if (!agent) return refused(10);
		const isStale = Math.abs(now() - Number(timestamp)) > CLOCK_TOLERANCE_MS;
		const expected = agentSignature(
			{ agentId, timestamp, nonce, cipherText },
			agent.signatureFormat,
		);
		if (isStale || signature !== expected || !isNewNonce(agentId, nonce)) {
			return refused(83);
		}
		const decrypted = decryptCipherText(cipherText, agent.apiKey);
		if (decrypted === null) return refused(84);
		const plaintext = parseJson(decrypted);
		if (typeof plaintext !== 'object' || plaintext === null) {
			return refused(11, { status: 400 });
		}
		exchange.record.decrypted = plaintext;
		return { agent, plaintext: plaintext as Opened['plaintext'] };
	}

	function issue({ agentId }: Agent): { token: string; expiresIn: number } {
		const expiresIn = tokenSeconds('agentAuth') ?? VALID_SECONDS;
		const iat = Math.floor(now() / 1000);
		const claims = { agentId, iat, exp: iat + expiresIn };
		const token = signHs256(JSON.stringify(claims), SIGNING_KEY);
		tokens.add(token, claims.exp * 1000);
		return { token, expiresIn };
	}

	function wrongToken(exchange: Exchange): Answer | null {
		const token = /^Bearer (\S+)$/.exec(exchange.headers.authorization ?? '')?.[1];
		const isGood =
			token !== undefined &&
			tokens.stateOf(token, now()) === 'good' &&
			readClaims(token)['agentId'] === exchange.headers['x-agentid'];
		return isGood ? null : refused(12, { status: 401 });
	}

	return {
		name: 'agentAuth',
		prefix: '/agentauth',
		kindOf: ({ path }) => (path === TOKEN_PATH ? 'token' : 'business'),

		answerToken(exchange) {
			const opened = open(exchange);
			if ('status' in opened) return opened;
			const { agent, plaintext } = opened;
			if (Array.isArray(plaintext)) return refused(11, { status: 400 });
			const { agentId, secret } = plaintext;
			if (typeof agentId !== 'string' || typeof secret !== 'string') {
				return refused(11, { status: 400 });
			}
			if (agentId !== (agent.bodyAgentId ?? agent.agentId) || secret !== agent.secret) {
				return refused(10);
			}
			const { token, expiresIn } = issue(agent);
			exchange.record.token = token;
			return succeeded({ accessToken: token, expiresIn, tokenType: 'Bearer' });
		},

		authorize(exchange) {
			const wrong = wrongToken(exchange);
			if (wrong) return wrong;
			const opened = open(exchange);
			return 'status' in opened ? opened : null;
		},

		answerBusiness: answerEndpoint,

		refuse: ({ code = 7, message }) => refused(code, { message }),

		expireTokens: () => tokens.expireAll(),

		reset() {
			tokens.clear();
			nonces.clear();
		},
	};
}
