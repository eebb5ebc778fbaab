import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { MAIN } from '../../../../nodes/shared/n8nVersion';
import { executeTokenNode } from '../../../../nodes/shared/tokenNode';
import { processEngine, type Engine, type Provider } from '../../../../providers';
import { apiFields } from '../../../kit/apiFields';
import { entriesOf } from '../../../kit/operation';
import { operationOptions } from '../../../kit/operationOptions';
import { requestList } from '../../../kit/requestList';
import { tokenFields } from '../../../kit/tokenFields';
import { runVendorNode } from '../../../kit/vendorNode';
import { maxus } from '../../vendor';
import { claim } from './claim';
import { dictionary } from './dictionary';
import { fir } from './fir';
import { vehicle } from './vehicle';

const resources = { claim, dictionary, fir, vehicle };

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
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'API', value: 'api' },
					{ name: 'Claim', value: 'claim' },
					{ name: 'Dictionary', value: 'dictionary' },
					{ name: 'FIR', value: 'fir' },
					{
						name: 'Token',
						value: 'token',
						// A model gets no token.
						displayOptions: { hide: { '@tool': [true] } },
					},
					{ name: 'Vehicle', value: 'vehicle' },
				],
				default: 'fir',
			},
			...fir.properties,
			...claim.properties,
			...vehicle.properties,
			...dictionary.properties,
			operationOptions(Object.keys(resources)),
			...tokenFields('Get a token for a call of your own. It is valid for three minutes.'),
			...apiFields(maxus as Provider),
		],
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
		const fields = this.description.properties;
		this.execute = async function () {
			return await runVendorNode(engine, this, {
				provider: maxus,
				resources,
				fields,
				tokens: { get: async () => await executeTokenNode(engine, this, maxus as Provider) },
			});
		};
	}
}
