import { numbered, request, sandbox } from './setup';
import { skipPauses } from './skippedTime';

skipPauses();

/** Where a line comes from. */
const PLACE = {
	workflowId: expect.any(String) as string,
	executionId: expect.any(String) as string,
	nodeName: 'Node Under Test',
};

it('tells the numbers of a run, which n8n stores with the execution', async () => {
	const { tracing } = await request({}, { items: numbered(3) });
	expect(tracing).toMatchObject({
		calls: 3,
		'calls.repeated': 0,
		'token.requests': 3,
		'token.refusals': 0,
		'token.reused': 0,
		'token.request_ms': expect.any(Number) as number,
		'token.expires_in_s': expect.any(Number) as number,
	});
	expect(tracing).not.toHaveProperty('wait.rate_limit_ms');
	expect(tracing).not.toHaveProperty('lock.remaining_s');
});

it('counts the calls that one token serves', async () => {
	const run = { provider: 'serviceCombApi', items: numbered(4) } as const;
	const { tracing } = await request({ tokenUse: 'reuse', method: 'GET' }, run);
	expect(tracing).toMatchObject({ calls: 4, 'token.requests': 1, 'token.reused': 3 });
});

it('logs each login with the vendor, the credential and its ID, and no more of it', async () => {
	const { lines } = await request({}, { items: numbered(2) });
	expect(lines.map(({ text }) => text)).toEqual([
		'Token providers: Token received',
		'Token providers: Token received',
		'Token providers: Run ended',
	]);
	expect(lines[0]).toEqual({
		level: 'info',
		text: 'Token providers: Token received',
		fields: {
			vendor: 'Maxus',
			credential: 'maxusApi',
			credentialId: 'maxusApi',
			...PLACE,
			ms: expect.any(Number) as number,
			expiresInSeconds: expect.any(Number) as number,
		},
	});
});

it('sums up at the end of a run what became of its calls and logins', async () => {
	const url = '/status/503?times=2&retryAfter=0';
	const { lines } = await request({ url }, { items: numbered(1) });
	expect(lines.at(-1)).toEqual({
		level: 'info',
		text: 'Token providers: Run ended',
		fields: {
			vendor: 'Maxus',
			credential: 'maxusApi',
			credentialId: 'maxusApi',
			...PLACE,
			items: 1,
			failed: 0,
			calls: 3,
			logins: 3,
			repeated: 2,
			ms: expect.any(Number) as number,
		},
	});
});

it('warns of calls that the vendor refused, once for each code', async () => {
	const run = { items: numbered(4), onError: 'continueRegularOutput' } as const;
	const url = '={{ "/status/" + ($itemIndex % 2 === 0 ? 403 : 404) }}';
	const { lines } = await request({ url }, run);
	const refused = lines.filter(({ level }) => level === 'warn');
	expect(refused.map(({ text, fields }) => [text, fields['code']]).sort()).toEqual([
		['Token providers: Call refused', '403'],
		['Token providers: Call refused', '404'],
	]);
	expect(lines.at(-1)?.fields).toMatchObject({ items: 4, failed: 4, calls: 4 });
	expect(JSON.stringify(lines)).not.toContain('/status/');
});

it('warns of a refused login once, and tells the numbers of a run that failed', async () => {
	const run = {
		provider: 'serviceCombApi',
		items: numbered(3),
		onError: 'continueRegularOutput',
		credential: { password: 'fake-wrong-password' },
	} as const;
	const { lines, tracing } = await request({ method: 'GET' }, run);
	const warnings = lines.filter(({ level }) => level === 'warn');
	expect(warnings[0]).toMatchObject({
		text: 'Token providers: Login refused',
		fields: { vendor: 'ServiceComb', code: '401202', httpStatus: 401 },
	});
	expect(tracing).toMatchObject({ calls: 0, 'token.requests': 1, 'token.refusals': 1 });
	expect(JSON.stringify(lines)).not.toMatch(/fake-wrong-password|root/);
	const again = await request({ method: 'GET' }, run);
	expect(again.lines.map(({ text }) => text)).toEqual([
		'Token providers: No login: one was refused before',
		'Token providers: Run ended',
	]);
	expect(again.tracing).toMatchObject({ 'lock.remaining_s': expect.any(Number) as number });
});

it('says what was sent again, and after what', async () => {
	const { lines, tracing, hints } = await request({ url: '/status/503?times=2&retryAfter=0' });
	expect(tracing).toMatchObject({ calls: 3, 'calls.repeated': 2 });
	expect(lines.filter(({ level }) => level === 'debug').map(({ fields }) => fields)).toEqual([
		expect.objectContaining({ code: '503', attempt: 2 }),
		expect.objectContaining({ code: '503', attempt: 3 }),
	]);
	expect(hints).toMatchObject([{ message: '2 calls were sent again: 2 after HTTP 503.' }]);
});

it('says before a run waits how long the limit will make it', async () => {
	const options = { requestsPerMinute: 4, concurrency: 1 };
	const { lines, hints } = await request({ options }, { items: numbered(6) });
	expect(lines.find(({ level }) => level === 'warn')).toEqual({
		level: 'warn',
		text: 'Token providers: Run will take long at this limit of requests a minute',
		fields: expect.objectContaining({ requests: 12, requestsPerMinute: 4, minutes: 3 }) as object,
	});
	expect(hints[0]?.message).toMatch(
		/^\d requests waited 2 min \d s in all for the limit of 4 requests a minute to Maxus\.$/,
	);
	expect(sandbox.requests).toHaveLength(12);
});

it('tells those who asked for fresh tokens how many logins that was', async () => {
	const run = { provider: 'serviceCombApi', items: numbered(3) } as const;
	const { hints } = await request({ method: 'GET' }, run);
	expect(hints).toMatchObject([
		{
			message:
				'3 calls made 3 logins. With "Token Use" set to "Reuse" one login would have served them all.',
		},
	]);
});

it('tells a login that failed as such, and not as a call', async () => {
	sandbox.faults.maxus.tokenFailures = [{ status: 400, body: 'no', times: Infinity }];
	const { lines } = await request(
		{ options: { maxRetries: 0 } },
		{ onError: 'continueRegularOutput' },
	);
	expect(lines.map(({ text }) => text)).toEqual([
		'Token providers: Token request failed',
		'Token providers: Run ended',
	]);
});

it('says of a fault of the service whose it is, and how often the call was tried', async () => {
	const { error } = await request({ url: '/status/503?retryAfter=0' });
	expect(error?.description).toBe(
		'The service has a fault of its own, 4 times in a row. Try again later. Calls for other items may have been carried out. The service says: Status 503',
	);
});
