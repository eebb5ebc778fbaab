import type { IHttpRequestMethods } from 'n8n-workflow';

import { InputError } from '../../../providers';
import { nameOf } from './text';
import { cut } from '../../shared/choices';
import type { NodeParameters } from './nodeParameters';

export const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] as const;

export const WEBDAV_METHODS = ['COPY', 'MKCOL', 'MOVE', 'PROPFIND', 'REPORT'] as const;

const ALL = [...METHODS, ...WEBDAV_METHODS];

/** The method of one item's call; an expression may give it in any case. @throws {InputError} */
export function readMethod({ get }: NodeParameters): IHttpRequestMethods {
	const value = get<unknown>('method', 'GET');
	const method = nameOf(value, '"Method"').trim().toUpperCase();
	const known = ALL.find((name) => name === method) as IHttpRequestMethods | undefined;
	if (known !== undefined) return known;
	throw new InputError(
		method === '' ? 'The method is empty' : `The method "${cut(method)}" is not known`,
		{ description: `Choose one of ${ALL.join(', ')}.` },
	);
}
