import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';

import { ServiceCombApi } from '../../../credentials/ServiceCombApi.credentials';
import { processEngine, type Engine } from '../../../providers';
import { serviceComb } from '../vendor';

/** The fields, the login and the test are those of the credential in the package for all vendors. */
export class ServiceCombAccountApi extends ServiceCombApi implements ICredentialType {
	override name = 'serviceCombAccountApi';

	override displayName = 'ServiceComb Account API';

	override icon: Icon = {
		light: 'file:../nodes/ServiceComb/serviceComb.svg',
		dark: 'file:../nodes/ServiceComb/serviceComb.dark.svg',
	};

	override documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/packages/servicecomb/README.md#credential';

	declare test: ICredentialTestRequest;

	constructor(engine: Engine = processEngine) {
		super(engine, serviceComb);
	}
}
