import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { findNode24 } from '../../../host/node';
import { ROOT } from '../../../host/step';

const DESCRIPTION = join(
	ROOT,
	'host/node_modules/n8n-nodes-base/dist/nodes/HttpRequest/V3/Description.js',
);

/** The parameters of n8n's own HTTP Request node, which only runs on the Node.js of n8n. */
export function httpRequestParameters(): INodeProperties[] {
	const script = `console.log(JSON.stringify(require(${JSON.stringify(DESCRIPTION)}).mainProperties))`;
	const text = execFileSync(findNode24().bin, ['-e', script], { maxBuffer: 1e8 }).toString();
	return JSON.parse(text) as INodeProperties[];
}

/** What a user can set in a parameter. */
export interface Setting {
	type: string;
	default: unknown;
	/** Of a choice, in alphabetical order. */
	choices: unknown[];
}

/**
 * Every parameter by its path, e.g. `options.redirect.redirect.maxRedirects`, in the order of the
 * editor. One that is shown in several places counts as it is shown in the last.
 */
export function settingsOf(properties: INodeProperties[], prefix = ''): Map<string, Setting> {
	const settings = new Map<string, Setting>();
	for (const property of properties) {
		if (property.type === 'notice') continue;
		const path = `${prefix}${property.name}`;
		const { type, default: fallback, options = [] } = property;
		const choices = type === 'options' ? (options as INodePropertyOptions[]) : [];
		const values = [...new Set(choices.map(({ value }) => value))].sort();
		settings.set(path, { type, default: fallback, choices: values });
		const inner =
			type === 'collection'
				? [settingsOf(options as INodeProperties[], `${path}.`)]
				: type === 'fixedCollection'
					? (options as INodePropertyCollection[]).map((group) =>
							settingsOf(group.values, `${path}.${group.name}.`),
						)
					: [];
		for (const [name, setting] of inner.flatMap((one) => [...one])) settings.set(name, setting);
	}
	return settings;
}
