import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType } from 'n8n-workflow';

import { AgentAuthApi } from '../../credentials/AgentAuthApi.credentials';
import { MaxusApi } from '../../credentials/MaxusApi.credentials';
import { ServiceCombApi } from '../../credentials/ServiceCombApi.credentials';
import { TokenApi } from '../../credentials/TokenApi.credentials';
import { YesApi } from '../../credentials/YesApi.credentials';
import { providers } from '../../providers';

const ROOT = join(__dirname, '../..');

const types: ICredentialType[] = [
	new AgentAuthApi(),
	new MaxusApi(),
	new ServiceCombApi(),
	new TokenApi(),
	new YesApi(),
];

test('there is a credential for every provider', () => {
	expect(types.map(({ name }) => name).sort()).toEqual(Object.keys(providers).sort());
});

describe.each(types.map((type) => [type.name, type] as const))('%s', (_name, type) => {
	test('has a field that makes n8n ask for a token before every request', () => {
		const token = type.properties.find(({ name }) => name === 'accessToken');
		expect(token).toMatchObject({
			type: 'hidden',
			default: '',
			typeOptions: { expirable: true, password: true },
		});
	});

	test.each(['light', 'dark'] as const)('has a %s icon', (theme) => {
		const path = (type.icon as { light: string; dark: string })[theme].replace(/^file:/, '');
		expect(existsSync(join(ROOT, 'credentials', path))).toBe(true);
	});

	test('links to its part of the documentation', () => {
		const [, file = '', anchor] =
			/\/blob\/main\/(.+)#(.+)$/.exec(type.documentationUrl ?? '') ?? [];
		const anchors = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^## (.+)$/gm)].map(
			([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-'),
		);
		expect(anchors).toContain(anchor);
	});
});
