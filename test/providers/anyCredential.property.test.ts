import fc from 'fast-check';

import { InputError, providers, type Provider } from '../../providers';
import type { ProviderType } from '../../providers/registry';
import { createEngine } from '../../providers/tokens/engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { propertyRuns } from '../support/propertyRuns';
import { fieldsOf } from '../support/published';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

/** What people type into a field, paste into it, or have an expression give. */
const typed = fc.oneof(
	fc.string(),
	fc.string({ unit: 'grapheme' }),
	fc.string({ unit: 'binary' }),
	fc.webUrl({ withFragments: true, withQueryParameters: true }),
	fc.constantFrom(
		...[
			'',
			' ',
			'\t',
			'true',
			'false',
			'custom',
			'0',
			'-1',
			'1e3',
			'__proto__',
			'toString',
			'{{x}}',
		],
		...[
			'https://',
			'http:///x',
			'https://a@b',
			'https://a?b',
			'https://a#b',
			'https://a/ b',
			'//a',
		],
		...['https://a\\@b', 'https://a.example:99999', 'https://a.example/b/', 'HTTPS://A.example./'],
		...['https://[::1]:8080', 'https://0x7f.1', 'https://a.example/../b', 'https://a.example\n.b'],
		...['{"a":"{{password}}"}', 'a'.repeat(70), '\ud800', 'é'.repeat(32), 'a\r\nb: c'],
	),
	fc.anything({ maxDepth: 1 }),
);

/** Good credential data, in which some fields are what was typed. */
const filledIn = fc.constantFrom(...(Object.keys(providers) as ProviderType[])).chain((type) =>
	fc.record({
		type: fc.constant(type),
		changes: fc.dictionary(fc.constantFrom(...fieldsOf(type)), typed, { minKeys: 1, maxKeys: 3 }),
	}),
);

/** What a header can carry without losing anything. */
const CARRIED = /^[\t\x20-\x7e\x80-\xff]*$/;

it('is refused by name, or leads to a request that goes where it says and loses nothing', () => {
	const { runtime } = createEngine();
	fc.assert(
		fc.property(filledIn, ({ type, changes }) => {
			const provider: Provider = providers[type];
			const data = { ...sandbox.credentials[type], ...changes };
			try {
				const credentials = provider.readCredentials(data);
				const request = provider.tokenRequest({ credentials, options: {}, env: runtime });
				expect(
					provider.secretsOf({ credentials }).every((secret) => typeof secret === 'string'),
				).toBe(true);

				const { baseUrl } = credentials;
				expect(URL.canParse(request.url)).toBe(true);
				if (type !== 'tokenApi') expect(request.url.startsWith(`${baseUrl}/`)).toBe(true);
				expect(new URL(baseUrl)).toMatchObject({
					search: '',
					hash: '',
					username: '',
					password: '',
				});
				for (const value of Object.values(request.headers)) expect(value).toMatch(CARRIED);
				for (const [field, value] of sentAs(type, request.body ?? '')) {
					expect(value).toBe(String((data as Record<string, unknown>)[field]).trim());
				}
			} catch (error) {
				if (!(error instanceof InputError)) throw error;
				expect(error.message.length).toBeLessThan(3000);
			}
		}),
		{ numRuns: propertyRuns },
	);
});

/** The fields of the credential that stand in the body of its token request, and how. */
function sentAs(type: ProviderType, body: string): Array<[field: string, value: unknown]> {
	switch (type) {
		case 'maxusApi': {
			const { serviceCode, serviceSecret } = JSON.parse(body) as Record<string, unknown>;
			return [
				['serviceCode', serviceCode],
				['serviceSecret', serviceSecret],
			];
		}
		case 'serviceCombApi': {
			const { name, password } = JSON.parse(body) as Record<string, unknown>;
			return [
				['name', name],
				['password', password],
			];
		}
		case 'yesApi':
			return [['appKey', new URLSearchParams(body).get('app_key')]];
		default:
			return [];
	}
}
