import { gzipSync } from 'node:zlib';
import type { Answer, Exchange } from '../types';

const SMALLEST = 1400;

/** Gzips an answer that is large enough, for a client that takes that. */
export function compress(answer: Answer, { headers }: Exchange): Answer {
	const body = Buffer.from(answer.body ?? '');
	const accepted = headers['accept-encoding'] ?? '';
	if (body.length < SMALLEST || !/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/i.test(String(accepted))) {
		return answer;
	}
	const encoding = { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' };
	return { ...answer, headers: { ...answer.headers, ...encoding }, body: gzipSync(body) };
}
