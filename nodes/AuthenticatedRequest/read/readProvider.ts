import { InputError, providers, type Provider } from '../../../providers';
import type { NodeParameters } from './nodeParameters';

/** The vendor that the node is set to. @throws {InputError} when there is none of that name */
export function readProvider({ get }: NodeParameters): Provider {
	const type = get<string>('provider');
	const provider = Object.values<Provider>(providers).find((known) => known.type === type);
	if (provider === undefined) {
		throw new InputError(`The provider "${type}" is not known`, {
			description: `Choose one of ${Object.keys(providers).join(', ')}.`,
		});
	}
	return provider;
}
