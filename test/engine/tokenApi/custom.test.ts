import { pressTest } from '../credentialTest';
import { CUSTOM_FORMS, customCredential, SIGNED_FORMS, type CustomForm } from './customForms';
import { skipPauses } from '../authenticatedRequest/skippedTime';
import { call, callOf, calls, items, logins, sandbox } from './setup';

// A service that asks to wait is asked again after a pause.
skipPauses();

const byName = (forms: CustomForm[]) => forms.map((form) => [form.played, form] as const);

const known = (form: CustomForm) => callOf({ ...form, service: form.played });

const wasUsed = (form: CustomForm) => calls().every(({ url }) => url.includes(form.played));

const requestsToken = ({ form }: CustomForm) => form.jwt !== 'accessToken';

describe.each(byName([...CUSTOM_FORMS, ...SIGNED_FORMS]))(
	'%s, by the form alone',
	(_name, form) => {
		it('logs in once for ten calls', async () => {
			const { error, items: given } = await call(customCredential(form), known(form), {
				items: items(10),
			});
			expect(error).toBeNull();
			expect(given).toHaveLength(10);
			expect(logins()).toHaveLength(requestsToken(form) ? 1 : 0);
			expect(calls().map(({ status }) => status)).toEqual(Array(10).fill(200));
			expect(new Set(calls().map(({ token }) => token)).size).toBe(1);
			expect(calls()[0]?.token).toEqual(expect.any(String));
			expect(wasUsed(form)).toBe(true);
		});
	},
);

const withLogin = [...CUSTOM_FORMS, ...SIGNED_FORMS.filter(requestsToken)];

describe.each(byName(withLogin))('%s, by the form alone', (_name, form) => {
	it('renews a token that has expired, once', async () => {
		const credential = customCredential(form);
		await call(credential, known(form));
		sandbox.tokenApi[form.played].expireTokens();
		const { error, items: given } = await call(credential, known(form), { items: items(5) });
		expect(error).toBeNull();
		expect(given).toHaveLength(5);
		expect(logins()).toHaveLength(2);
		expect(calls().at(-1)?.token).toBe(logins()[1]?.token);
	});
});

describe.each(byName(CUSTOM_FORMS))('%s, by the form alone', (_name, form) => {
	const wrong = (password: string) => ({ ...customCredential(form), password });

	it('makes one attempt with a wrong secret', async () => {
		const { items: given } = await call(wrong('fake-wrong-password'), known(form), {
			items: items(20),
			onError: 'continueRegularOutput',
		});
		expect(given).toHaveLength(20);
		expect(given.every(({ json }) => typeof json.error === 'string')).toBe(true);
		expect(logins()).toHaveLength(1);
		expect(sandbox.tokenApi[form.played]).toMatchObject({ wrongLogins: 1, isLocked: false });
		expect(calls()).toEqual([]);
		expect(JSON.stringify(given)).not.toContain('fake-wrong-password');
	});

	it('does not knock at a locked account again and again', async () => {
		for (const number of [1, 2, 3, 4, 5]) {
			await pressTest('tokenApi', wrong(`fake-wrong-${number}`) as never);
		}
		expect(sandbox.tokenApi[form.played].isLocked).toBe(true);
		sandbox.requests.length = 0;
		const { items: given } = await call(customCredential(form), known(form), {
			items: items(20),
			onError: 'continueRegularOutput',
		});
		expect(given.map(({ json }) => typeof json.error)).toEqual(Array(20).fill('string'));
		expect(logins().length).toBeLessThan(10);
		expect(calls()).toEqual([]);
	});
});
