import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { masker } from '../../../providers';

/** Shorter ones are words and numbers that stand everywhere. */
const MIN_LENGTH = 6;

/**
 * Takes the token of a call, and what else it carried or logged in with, out of a response: services echo what
 * they were sent, and what a model is told it may tell anybody.
 * @param secrets as they are by now: the tokens of a call come with it
 */
export function maskValue(value: unknown, secrets: ReadonlySet<string>): unknown {
	return withTexts(value, masker([...secrets].filter(({ length }) => length >= MIN_LENGTH)));
}

/** The same for whole items. */
export function maskItems(
	items: INodeExecutionData[],
	secrets: ReadonlySet<string>,
): INodeExecutionData[] {
	return items.map((item) => ({ ...item, json: maskValue(item.json, secrets) as IDataObject }));
}

function withTexts(value: unknown, mask: (text: string) => string): unknown {
	switch (typeof value) {
		case 'string':
			return mask(value);
		case 'number': {
			const text = mask(String(value));
			return text === String(value) ? value : text;
		}
		case 'object':
			if (value === null) return value;
			if (Array.isArray(value)) return value.map((item) => withTexts(item, mask));
			return Object.fromEntries(
				Object.entries(value).map(([name, item]) => [mask(name), withTexts(item, mask)]),
			);
		default:
			return value;
	}
}
