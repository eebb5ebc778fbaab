import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { providers } from '../../providers';
import { publishedCredentials as types } from '../support/published';

const ROOT = join(__dirname, '../..');

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

	test('has a Test that requests a new token, whatever is in memory', () => {
		expect(type.test?.request.headers).toMatchObject({ 'x-credential-test': 'new token' });
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
