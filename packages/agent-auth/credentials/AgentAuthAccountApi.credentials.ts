import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';

import { AgentAuthApi } from '../../../credentials/AgentAuthApi.credentials';
import { processEngine, type Engine } from '../../../providers';
import { agentAuth } from '../vendor';

/** The fields, the login and the test are those of the credential in the package for all vendors. */
export class AgentAuthAccountApi extends AgentAuthApi implements ICredentialType {
	override name = 'agentAuthAccountApi';

	override displayName = 'Agent Auth Account API';

	override icon: Icon = {
		light: 'file:../nodes/AgentAuth/agentAuth.svg',
		dark: 'file:../nodes/AgentAuth/agentAuth.dark.svg',
	};

	override documentationUrl =
		'https://github.com/n8n-nodes-token-providers/n8n-nodes-token-providers/blob/main/packages/agent-auth/README.md#credential';

	declare test: ICredentialTestRequest;

	constructor(engine: Engine = processEngine) {
		super(engine, agentAuth);
	}
}
