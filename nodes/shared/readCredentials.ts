import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

/** Gives the credential of one item, read and checked. @throws {InputError} */
export type CredentialReader<C> = (itemIndex: number) => Promise<C>;

/**
 * Reads a credential of the node for each of its items, as an expression in it may give another account
 * for each. A reading costs about two milliseconds, so all items share the first one if n8n looked at no
 * item in it, as it does unless a field is an expression.
 *
 * @param check makes of what is stored what the node works with
 * @param anew whether each item reads it in any case
 */
export function credentialReader<C>(
	context: IExecuteFunctions,
	type: string,
	check: (data: ICredentialDataDecryptedObject) => C,
	anew = false,
): CredentialReader<C> {
	const readFor: CredentialReader<C> = async (itemIndex) =>
		check(await context.getCredentials(type, itemIndex));
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

/** An index that is taken for its number where n8n uses it to find an item, and that notes any use. */
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
