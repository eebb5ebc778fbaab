import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../../providers';
import { parameterOf } from './text';
import { cut } from '../../shared/choices';
import { readNamedValues } from './readParameters';
import type { NodeParameters } from './nodeParameters';

/** The query parameters of the call; a name that comes again becomes a list. @throws {InputError} */
export function readQuery(parameters: NodeParameters): IDataObject {
	const values = new Map<string, unknown>();
	for (const [name, given] of readNamedValues(parameters, 'Query')) {
		if (name === '__proto__') {
			// n8n's pagination copies the options and would lose it.
			throw new InputError('A query parameter cannot have the name "__proto__" here', {
				description: 'Write it into the URL instead.',
			});
		}
		const value = parameterOf(given, `The query parameter "${cut(name)}"`);
		values.set(name, values.has(name) ? [values.get(name), value].flat() : value);
	}
	return Object.fromEntries(values) as IDataObject;
}
