import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';

import { MaxusApi } from '../../../credentials/MaxusApi.credentials';
import { processEngine, type Engine } from '../../../providers';
import { maxus } from '../vendor';

/** The fields, the login and the test are those of the credential in the package for all vendors. */
export class MaxusAccountApi extends MaxusApi implements ICredentialType {
	override name = 'maxusAccountApi';

	override displayName = 'Maxus Account API';

	override icon: Icon = {
		light: 'file:../nodes/Maxus/maxus.svg',
		dark: 'file:../nodes/Maxus/maxus.dark.svg',
	};

	override documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/packages/maxus/README.md#credential';

	declare test: ICredentialTestRequest;

	constructor(engine: Engine = processEngine) {
		super(engine, maxus);
	}
}
