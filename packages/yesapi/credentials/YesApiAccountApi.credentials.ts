import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';

import { YesApi } from '../../../credentials/YesApi.credentials';
import { processEngine, type Engine } from '../../../providers';
import { yesApi } from '../vendor';

/** The fields, the login and the test are those of the credential in the package for all vendors. */
export class YesApiAccountApi extends YesApi implements ICredentialType {
	override name = 'yesApiAccountApi';

	override displayName = 'YesApi Account API';

	override icon: Icon = {
		light: 'file:../nodes/YesApi/yesApi.svg',
		dark: 'file:../nodes/YesApi/yesApi.dark.svg',
	};

	override documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/packages/yesapi/README.md#credential';

	declare test: ICredentialTestRequest;

	constructor(engine: Engine = processEngine) {
		super(engine, yesApi);
	}
}
