import type { IExecuteFunctions } from 'n8n-workflow';

import {
	contentTypeOf,
	decodeText,
	InputError,
	parsedJson,
	type CallContext,
} from '../../../providers';
import { conditionIn, isTrueOf } from '../read/condition';
import { parametersOf } from '../read/nodeParameters';
import { isTrueOfResponse } from './evaluateOnResponse';
import { SMALL_FILE } from './takeIn';

/**
 * The option for services that respond with HTTP 200 when a token has expired: an expression over the
 * response. A large file, or a large refusal, is none.
 * @throws {InputError} when it is something else
 */
export function readExpiryCheck(
	context: IExecuteFunctions,
	itemIndex: number,
): CallContext['isExpired'] {
	const expression = parametersOf(context, itemIndex).raw('options.expiredWhen', '');
	if (String(expression ?? '').trim() === '') return async () => false;
	const condition = conditionIn(expression);
	if (condition === null) throw notAnExpression();
	return async (response) => {
		const bytes = await response.body.ifSmall(SMALL_FILE);
		if (bytes === null) return false;
		const text = await decodeText(context.helpers, bytes, contentTypeOf(response));
		const isExpired = `={{ ${isTrueOf(condition)} }}`;
		const { headers, statusCode } = response;
		const json = parsedJson(text);
		const view = { body: json === undefined ? text : json, headers, statusCode };
		return await isTrueOfResponse(context, itemIndex, isExpired, view).catch(() => {
			throw notAnExpression();
		});
	};
}

function notAnExpression(): InputError {
	return new InputError('"Token Expired When" is not an expression', {
		description:
			'Switch the field from Fixed to Expression, and write one like {{ $response.body.code === 401 }}.',
	});
}
