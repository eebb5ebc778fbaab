import type { INodeExecutionData } from 'n8n-workflow';

import type { RunReport } from '../../../providers';

/** What the report of a run does not know. */
interface Settings {
	/** Whether each call had a new token though one could have served all. */
	isFreshByChoice: boolean;
	/** Whether the node has n8n's setting *Retry On Fail*. */
	isRetried: boolean;
}

/** The hints beside the output of a run: why it took long, and what was sent again. */
export function runHints(
	report: RunReport,
	items: INodeExecutionData[],
	{ isFreshByChoice, isRetried }: Settings,
): string[] {
	const hints: string[] = [];
	if (isFreshByChoice && report.tokenRequests > 1) {
		hints.push(
			`${amount(report.calls)} calls made ${amount(report.tokenRequests)} logins. With "Token Use" set to "Reuse" one login would have served them all.`,
		);
	}
	if (report.isLoginWithoutProxy) {
		hints.push(
			'"Proxy" of this node is for its calls alone: the login went without it. Set "Proxy" in the credential to send the login that way, too.',
		);
	}
	if (report.repeatedCalls > 0) {
		const reasons = [...report.repeatedAfter]
			.map(([code, count]) => `${amount(count)} after ${codeText(code)}`)
			.join(', ');
		hints.push(`${plural(report.repeatedCalls, 'call was', 'calls were')} sent again: ${reasons}.`);
	}
	if (report.waits > 0) {
		hints.push(
			`${plural(report.waits, 'request', 'requests')} waited ${duration(report.waitMs)} in all for the limit of ${amount(report.perMinute)} requests a minute to ${report.vendor}.`,
		);
	}
	const done = [...report.notRepeatable];
	if (isRetried && done.length > 0) {
		hints.push(
			`"Retry On Fail" in the settings of this node repeats every call when one fails, even a ${done.join(' or ')} that was carried out. "Max Retries" in its options does not.`,
		);
	}
	const [only] = items;
	if (items.length === 1 && Array.isArray(only?.json.data)) {
		hints.push("To split the contents of 'data' into separate items, add a 'Split Out' node.");
	}
	return hints;
}

/** What a code is called in a sentence: an HTTP status, or the name of a fault or of the vendor's own. */
function codeText(code: string): string {
	return /^[1-5]\d\d$/.test(code) ? `HTTP ${code}` : code;
}

const amount = (count: number) => count.toLocaleString('en-US');

const plural = (count: number, one: string, many: string) =>
	`${amount(count)} ${count === 1 ? one : many}`;

function duration(ms: number): string {
	const seconds = Math.round(ms / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
