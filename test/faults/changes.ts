import type { ProviderType } from '../../providers/registry';
import type { Sandbox } from '../../sandbox';
import type { Fault } from './front';

type Change = (sandbox: Sandbox, type: ProviderType) => void;

/** Makes a change at the vendor as a call arrives that carries a token, and lets it through. */
const before =
	(change: Change, times: number) =>
	(sandbox: Sandbox, type: ProviderType): Fault => {
		let left = times;
		return async ({ vendor, response }) => {
			left -= 1;
			if (left >= 0) change(sandbox, type);
			const { status, headers, body } = await vendor();
			response.writeHead(status, headers).end(body);
		};
	};

const revoke: Change = (sandbox) => sandbox.expireTokens();

/** A machine of the vendor that does not know a new token yet. */
const lagging = (times: number) => (): Fault => {
	let left = times;
	return async ({ vendor, response }) => {
		left -= 1;
		if (left >= 0) {
			response.writeHead(401).end('{}');
			return;
		}
		const { status, headers, body } = await vendor();
		response.writeHead(status, headers).end(body);
	};
};

/** The call is carried out, and its answer sounds as if the token had ended. */
const doneInWords =
	(): Fault =>
	async ({ vendor, response }) => {
		await vendor();
		response
			.writeHead(201, { 'content-type': 'application/json' })
			.end('{"message":"invalid token, token expired"}');
	};

/** What may change at the vendor between a token and the call it is for, by name. */
export const CHANGES = {
	'token revoked': before(revoke, 1),
	'every token revoked': before(revoke, Infinity),
	'a new token that is not known at once': lagging(2),
	'carried out, in words of an ended token': doneInWords,
	'secret changed while running': before((sandbox, type) => sandbox.changeSecret(type), 1),
};
