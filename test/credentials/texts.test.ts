import {
	injectDomainRestrictionFields,
	type ICredentialType,
	type INodeProperties,
} from 'n8n-workflow';

import { AgentAuthApi } from '../../credentials/AgentAuthApi.credentials';
import { MaxusApi } from '../../credentials/MaxusApi.credentials';
import { ServiceCombApi } from '../../credentials/ServiceCombApi.credentials';
import { YesApi } from '../../credentials/YesApi.credentials';
import { providers } from '../../providers';
import type { ProviderType } from '../../providers/registry';
import { publishedCredentials } from '../support/published';

/** The service of a Token API credential is one that the user knows: there is no vendor to ask. */
const vendors = publishedCredentials.filter(({ name }) => name !== 'tokenApi');

const named = (types: ICredentialType[]) => types.map((type) => [type.name, type] as const);

const field = ({ properties }: ICredentialType, name: string) =>
	properties.find((property) => property.name === name) as INodeProperties;

describe.each(named(publishedCredentials))('%s', (name, type) => {
	const choices = field(type, 'allowedHttpRequestDomains').options as Array<{
		name: string;
		value: string;
	}>;

	it('says where the token may go, and n8n adds no field of its own to it', () => {
		expect(injectDomainRestrictionFields(type)).toEqual(type.properties);
		expect(field(type, 'allowedHttpRequestDomains').displayName).toBe('Where the Token May Go');
		expect(choices.map(({ name: label, value }) => [value, label])).toEqual([
			['all', providers[name as ProviderType].hosts.anywhere ? 'Any Host' : 'Host of the Base URL'],
			['domains', 'Hosts Listed Below'],
			['none', 'Nowhere'],
		]);
		expect(field(type, 'allowedDomains').displayOptions).toEqual({
			show: { allowedHttpRequestDomains: ['domains'] },
		});
	});
});

describe('a value that only the vendor gives', () => {
	it.each(named(vendors))('of %s says visibly where it comes from', (_name, { properties }) => {
		const typed = properties.filter(
			({ type, required, displayOptions }) =>
				type === 'string' && required === true && displayOptions?.show?.environment === undefined,
		);
		expect(typed.length).toBeGreaterThan(1);
		for (const { name, hint } of typed) expect([name, hint]).toEqual([name, expect.any(String)]);
	});

	it.each([
		[new MaxusApi(), 'environment', /own service code and secret/],
		[new MaxusApi(), 'serviceCode', /by email.*each environment/],
		[new MaxusApi(), 'serviceSecret', /by email.*each environment/],
		[new AgentAuthApi(), 'secret', /not the API Key/],
		[new AgentAuthApi(), 'apiKey', /not the Secret/],
		[
			new AgentAuthApi(),
			'signatureFormat',
			/Delimited.*single-wallet.*Concatenated.*transfer-wallet/,
		],
		[new ServiceCombApi(), 'password', /wrong passwords lock .*15 minutes/],
		[new YesApi(), 'baseUrl', /我的接口域名.*temporary test domain over plain http/],
		[new YesApi(), 'appKey', /我的接口域名、app_key和app_secrect/],
		[new YesApi(), 'appSecret', /我的接口域名、app_key和app_secrect/],
	] as Array<[ICredentialType, string, RegExp]>)('%#: %s', (type, name, hint) => {
		expect(field(type, name).hint).toMatch(hint);
	});

	it('of ServiceComb has the name that the engine gives it', () => {
		expect(field(new ServiceCombApi(), 'name').displayName).toBe('Account Name');
		expect(field(new ServiceCombApi(), 'publicKey').displayName).toBe('Public Key (Optional)');
	});
});

it("never offers YesApi's temporary test domain as an example", () => {
	expect(field(new YesApi(), 'baseUrl').placeholder).not.toContain('hn216');
});
