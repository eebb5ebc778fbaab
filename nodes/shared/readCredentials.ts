import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../../providers';
import { isTool, withoutModel } from './tool';

/** Gives the credential of one item, read and checked. @throws {InputError} */
export type CredentialReader<C> = (itemIndex: number) => Promise<C>;

/**
 * Reads a credential of the node for each of its items, as an expression in it may give another account
 * for each. A reading costs about two milliseconds, so all items share the first one if n8n looked at no
 * item in it, as it does unless a field is an expression.
 *
 * @param check makes of what is stored what the node works with
 * @param anew whether each item reads the credential, without sharing
 */
export function credentialReader<C>(
	context: IExecuteFunctions,
	type: string,
	check: (data: ICredentialDataDecryptedObject) => C,
	anew = false,
): CredentialReader<C> {
	const readFor: CredentialReader<C> = async (itemIndex) => {
		const read = isTool(context.getNode()) ? readForTool : readForItem;
		return check(await read(context, type, itemIndex));
	};
	if (anew || context.getInputData().length === 1) return readFor;

	let first: Promise<{ shared: Promise<C> } | null> | undefined;
	const readFirst = async (itemIndex: number) => {
		const index = watchedIndex(itemIndex);
		const shared = readFor(index.asNumber);
		await shared.catch(() => {});
		return index.wasUsed() ? null : { shared };
	};
	return async (itemIndex) => {
		const outcome = await (first ??= readFirst(itemIndex));
		return await (outcome?.shared ?? readFor(itemIndex));
	};
}

const readForItem = async (context: IExecuteFunctions, type: string, itemIndex: number) =>
	await context.getCredentials(type, itemIndex);

/**
 * The credential of a tool, in which nothing counts that a model says: n8n lays its arguments over the item of the
 * agent, and a base URL that is read there would be one to which the model has the password sent.
 * @throws {InputError} when the credential reads what a model can say
 */
async function readForTool(
	context: IExecuteFunctions,
	type: string,
	itemIndex: number,
): Promise<ICredentialDataDecryptedObject> {
	const index = watchedIndex(itemIndex);
	const read = async () => await readForItem(withoutModel(context), type, index.asNumber);
	const own = await attempted(read);
	if (index.wasUsed()) {
		const withModel = await attempted(async () => await readForItem(context, type, itemIndex));
		// What differs each time it is read, such as the time, differs by itself.
		if (!isSame(own, withModel) && isSame(own, await attempted(read))) throw readsModel();
	}
	if ('error' in own) throw own.error;
	return own.data;
}

type Attempted = { data: ICredentialDataDecryptedObject } | { error: unknown };

async function attempted(read: () => Promise<ICredentialDataDecryptedObject>): Promise<Attempted> {
	return await read().then(
		(data) => ({ data }),
		(error: unknown) => ({ error }),
	);
}

/** What n8n decrypts is JSON, in the order in which it is stored. */
function isSame(one: Attempted, other: Attempted): boolean {
	if ('error' in one || 'error' in other) return 'error' in one && 'error' in other;
	return JSON.stringify(one.data) === JSON.stringify(other.data);
}

function readsModel(): InputError {
	return new InputError(
		"The credential of a tool must not read $json, $input or $fromAI: write $('Node').item.json there",
		{
			description:
				"A model can say what these hold, and so where the password goes. Name the node before the agent that has the value, e.g. {{ $('Webhook').item.json.body.tenant }}.",
		},
	);
}

/** Stands for an item index: n8n can use it as a number, and any use of it is noted. */
function watchedIndex(itemIndex: number) {
	let isUsed = false;
	const toNumber = () => itemIndex;
	const watched = new Proxy(
		{ [Symbol.toPrimitive]: toNumber },
		{
			get(target, name) {
				isUsed = true;
				return Reflect.get(target, name) as unknown;
			},
		},
	);
	return { asNumber: watched as unknown as number, wasUsed: () => isUsed };
}
