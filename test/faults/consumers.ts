import type { ICredentialDataDecryptedObject, INodeType } from 'n8n-workflow';

import { AgentAuth } from '../../nodes/AgentAuth/AgentAuth.node';
import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import { MaxusToken } from '../../nodes/MaxusToken/MaxusToken.node';
import { ServiceCombToken } from '../../nodes/ServiceCombToken/ServiceCombToken.node';
import { Token } from '../../nodes/Token/Token.node';
import { YesApiJwt } from '../../nodes/YesApiJwt/YesApiJwt.node';
import type { Engine, ProviderType } from '../../providers';
import { pressTest } from '../engine/credentialTest';
import { engine } from '../engine/engine';
import { runHelpers, runNode } from '../engine/harness';
import { everythingIn } from '../support/leaks';

/** How a use of a credential ended. */
export interface Outcome {
	/** What the user is told; `null`: it went well. */
	message: string | null;
	/** All that n8n would store or show of it. */
	stored: string;
	/** The same of an item beside it that meets no fault; `undefined`: there is none. */
	ofOther?: string | null;
}

interface Used {
	type: ProviderType;
	credential: ICredentialDataDecryptedObject;
	/** Of a business endpoint. */
	url: string;
}

export type Consumer = (used: Used) => Promise<Outcome>;

const TOKEN_NODES: Partial<Record<ProviderType, new (shared: Engine) => INodeType>> = {
	maxusApi: MaxusToken,
	agentAuthApi: AgentAuth,
	serviceCombApi: ServiceCombToken,
	yesApi: YesApiJwt,
	tokenApi: Token,
};

/** Milliseconds that a call may take; token requests have their own limit. */
const TIMEOUT = 3_000;

const two = [{ json: { path: 'echo' } }, { json: { path: 'echo?n=other' } }];

const tokenNode: Consumer = async ({ type, credential }) => {
	const TokenNode = TOKEN_NODES[type];
	if (TokenNode === undefined) throw new Error(`${type} has no token node`);
	const { items, error, execution } = await runNode({
		node: new TokenNode(engine),
		parameters: { options: {} },
		credentials: { [type]: credential },
	});
	const stored = everythingIn([error, error === null ? null : execution]);
	return { message: error?.message ?? (items[0] ? null : 'nothing'), stored };
};

const authenticatedRequest: Consumer = async ({ type, credential, url }) => {
	const { items, execution } = await runNode({
		node: new AuthenticatedRequest(engine),
		parameters: {
			provider: type,
			method: 'POST',
			url: `=${url.replace(/echo$/, '')}{{ $json.path }}`,
			sendBody: true,
			jsonBody: '{"a":1}',
			specifyBody: 'json',
			options: { timeout: TIMEOUT, concurrency: 2 },
		},
		items: two,
		credentials: { [type]: credential },
		onError: 'continueRegularOutput',
	});
	const [first, other] = items;
	const told = first?.json.error as string | undefined;
	return {
		message: told ?? null,
		stored: everythingIn(told === undefined ? null : [items, execution]),
		ofOther: (other?.json.error as string | undefined) ?? null,
	};
};

const httpRequest: Consumer = async ({ type, credential, url }) => {
	const { error } = await runHelpers({ credentials: { [type]: credential } }, async (context) => {
		await context.helpers.httpRequestWithAuthentication.call(context, type, {
			method: 'POST',
			url,
			body: { a: 1 },
			timeout: TIMEOUT,
		});
		return {};
	});
	// The rest of a refused call is n8n's own error, which holds the call: see docs/credentials.md.
	const stored = [error?.message, error?.description].join('\n');
	return { message: error?.message ?? null, stored };
};

const test: Consumer = async ({ type, credential }) => {
	const { status, message } = await pressTest(type, credential);
	return { message: status === 'OK' ? null : message, stored: message };
};

const TOKEN_NODE = 'token node';

/** Whether that consumer takes credentials of the type: a node of its own for its tokens is up to a vendor. */
export const takes = (consumer: string, type: ProviderType): boolean =>
	consumer !== TOKEN_NODE || TOKEN_NODES[type] !== undefined;

/** Everything that uses a credential, by the name a user knows it by. */
export const CONSUMERS: Record<string, Consumer> = {
	[TOKEN_NODE]: tokenNode,
	'Authenticated Request': authenticatedRequest,
	'HTTP Request': httpRequest,
	Test: test,
};
