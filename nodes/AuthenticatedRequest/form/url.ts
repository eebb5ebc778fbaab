import type { INodeProperties } from 'n8n-workflow';

import type { Provider } from '../../../providers';
import { onlyFor, type Vendors } from './vendors';

/** One field a vendor and kind of call, as each has its own addresses. */
export const urlProperties = (vendors: Vendors): INodeProperties[] =>
	vendors.flatMap(({ type, callUrl, signedCallUrl }) => {
		const fields = signedCallUrl
			? [urlField(callUrl, ['interface']), urlField(signedCallUrl, ['server'])]
			: [urlField(callUrl)];
		return fields.flatMap((field) => onlyFor(vendors, (vendor) => vendor.type === type, field));
	});

/** @param hiddenFor - the choices of Call that it is not for */
function urlField({ example, hint }: Provider['callUrl'], hiddenFor?: string[]): INodeProperties {
	return {
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		required: true,
		placeholder: `e.g. ${example}`,
		description: 'The URL to call: an absolute URL, or a path below the base URL of the credential',
		hint,
		...(hiddenFor && { displayOptions: { hide: { callTo: hiddenFor } } }),
	};
}
