import type { ICredentialDataDecryptedObject, NodeApiError } from 'n8n-workflow';

import { AuthenticatedRequest } from '../../nodes/AuthenticatedRequest/AuthenticatedRequest.node';
import type { ProviderType } from '../../providers/registry';
import { vendorOf } from '../../sandbox';
import { pressTest } from '../engine/credentialTest';
import { engine } from '../engine/engine';
import { runHelpers, runNode } from '../engine/harness';
import { everythingIn } from '../support/leaks';
import { fieldsOf, tokenNodeOf } from '../support/published';
import type { Kind } from './front';

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
	/** Which of the two requests meets the fault. */
	kind: Kind;
	credential: ICredentialDataDecryptedObject;
	/** Of a business endpoint. */
	url: string;
}

export type Consumer = (used: Used) => Promise<Outcome>;

/** Milliseconds. The engine's clock passes over the first; axios and n8n's own node wait by the real one. */
const TIMEOUT: Record<Kind, number> = { token: 30_000, business: 2_000 };

const two = [{ json: { path: 'echo' } }, { json: { path: 'echo?n=other' } }];

const tokenNode: Consumer = async ({ type, credential }) => {
	const TokenNode = tokenNodeOf(type);
	if (TokenNode === undefined) throw new Error(`${type} has no token node`);
	const { items, error, execution } = await runNode({
		node: new TokenNode(engine),
		parameters: { options: {} },
		credentials: { [type]: credential },
	});
	const stored = everythingIn([error, error === null ? null : execution]);
	return { message: error?.message ?? (items[0] ? null : 'nothing'), stored };
};

const authenticatedRequest: Consumer = async ({ type, kind, credential, url }) => {
	const { items, execution } = await runNode({
		node: new AuthenticatedRequest(engine),
		parameters: {
			provider: type,
			method: 'POST',
			url: `=${url.replace(/echo$/, '')}{{ $json.path }}`,
			sendBody: true,
			jsonBody: '{"a":1}',
			specifyBody: 'json',
			options: { timeout: TIMEOUT[kind], concurrency: 2 },
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

/** Milliseconds after which n8n's own node is taken to wait forever: its timeout begins anew with each byte. */
const N8N_WAITS = 3_000;

const httpRequest: Consumer = async ({ type, credential, url }) => {
	const run = runHelpers({ credentials: { [type]: credential } }, async (context) => {
		// As n8n's HTTP Request node sends.
		await context.helpers.requestWithAuthentication.call(context, type, {
			method: 'POST',
			uri: url,
			body: { a: 1 },
			json: true,
			resolveWithFullResponse: true,
			timeout: TIMEOUT.business,
		});
		return {};
	});
	const waits = new Promise<{ error: Pick<NodeApiError, 'message' | 'description'> }>((resolve) => {
		const error = { message: 'n8n waits on', description: '' };
		setTimeout(() => resolve({ error }), N8N_WAITS).unref();
	});
	const { error } = await Promise.race([run, waits]);
	// The rest of a refused call is n8n's own error, which holds the call: see docs/credentials.md.
	const stored = [error?.message, error?.description].join('\n');
	return { message: error?.message ?? null, stored };
};

const test: Consumer = async ({ type, credential, kind }) => {
	const hasPath = kind === 'business' && fieldsOf(type).includes('testPath');
	const { status, message } = await pressTest(type, {
		...credential,
		...(hasPath && { testPath: '/echo' }),
	});
	return { message: status === 'OK' ? null : message, stored: message };
};

const TOKEN_NODE = 'token node';

/** Whether that consumer makes such a request with a credential of the type. */
export function makes(consumer: string, kind: Kind, type: ProviderType): boolean {
	if (consumer === TOKEN_NODE) return kind === 'token' && tokenNodeOf(type) !== undefined;
	return kind === 'token' || consumer !== 'Test' || vendorOf(type).isTestedByLogin !== true;
}

/** Everything that uses a credential, by the name a user knows it by. */
export const CONSUMERS: Record<string, Consumer> = {
	[TOKEN_NODE]: tokenNode,
	'Authenticated Request': authenticatedRequest,
	'HTTP Request': httpRequest,
	Test: test,
};
