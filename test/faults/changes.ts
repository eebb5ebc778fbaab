import type { ProviderType } from '../../providers';
import type { Sandbox } from '../../sandbox';
import type { Failure } from '../../sandbox/types';
import type { Fault } from './front';

/** What a vendor's login answers once the secret is another one. */
const WRONG_SECRET: Record<ProviderType, { vendor: keyof Sandbox['faults']; says: Failure }> = {
	maxusApi: { vendor: 'maxus', says: { refusal: {} } },
	agentAuthApi: { vendor: 'agentAuth', says: { refusal: { code: 12 } } },
	serviceCombApi: { vendor: 'serviceComb', says: { refusal: { code: 401202 } } },
	yesApi: { vendor: 'yesApi', says: { refusal: { code: 409 } } },
	tokenApi: { vendor: 'directus', says: { status: 401, body: '{"errors":[{"message":"no"}]}' } },
};

type Change = (sandbox: Sandbox, type: ProviderType) => void;

const revoke: Change = (sandbox) => sandbox.expireTokens();

const changeSecret: Change = (sandbox, type) => {
	const { vendor, says } = WRONG_SECRET[type];
	Object.assign(sandbox.faults[vendor] as object, {
		tokenFailures: [{ ...says, times: Infinity }],
	});
	sandbox.expireTokens();
};

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

/** What may change at the vendor between a token and the call it is for, by name. */
export const CHANGES = {
	'token revoked': before(revoke, 1),
	'every token revoked': before(revoke, Infinity),
	'secret changed while running': before(changeSecret, 1),
};
