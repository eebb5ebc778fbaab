import type { IExecuteFunctions } from 'n8n-workflow';

import { Pace, type Engine, type Provider } from '../../providers';

/** The pace of this run: what its services take is known by its credential, and how long by its node. */
export function paceOf(
	{ slots }: Engine,
	context: IExecuteFunctions,
	{ type }: Pick<Provider, 'type'>,
): Pace {
	const { id, credentials } = context.getNode();
	return new Pace(slots, {
		credential: `${type} ${credentials?.[type]?.id ?? ''}`,
		node: id,
	});
}
