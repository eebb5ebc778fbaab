import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { MAIN } from '../../../../nodes/shared/n8nVersion';
import { processEngine, type Engine } from '../../../../providers';
import { entriesOf } from '../../../kit/operation';
import { requestList } from '../../../kit/requestList';
import { tokenFields } from '../../../kit/tokenFields';
import { vendorNode } from '../../../kit/vendorNode';
import { maxus } from '../../vendor';
import { claim } from './claim';
import { dictionary } from './dictionary';
import { fir } from './fir';
import { vehicle } from './vehicle';

const node = vendorNode({
	provider: maxus,
	resources: { claim, dictionary, fir, vehicle },
	defaultResource: 'fir',
	tokenFields: tokenFields('Get a token for a call of your own. It is valid for three minutes.'),
});

export class Maxus implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Maxus',
		name: 'maxus',
		icon: { light: 'file:maxus.svg', dark: 'file:maxus.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with the overseas services of SAIC Maxus for dealers',
		defaults: { name: 'Maxus' },
		inputs: [MAIN],
		outputs: [MAIN],
		usableAsTool: true,
		credentials: [{ name: 'maxusAccountApi', required: true }],
		properties: node.properties,
	};

	methods = {
		loadOptions: {
			async getDictionaries(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				const url = '/fir/dictionary/all/query';
				const response = await requestList(this, maxus, { method: 'GET', url });
				const codes = entriesOf(response, 'data').map((one) =>
					String((one as { typeCode?: unknown }).typeCode),
				);
				return codes.sort().map((code) => ({ name: code, value: code }));
			},
		},
	};

	execute: INodeType['execute'];

	constructor(engine: Engine = processEngine) {
		this.execute = node.execute(engine);
	}
}
