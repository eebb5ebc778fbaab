import { outputOf, type Execution, type Item } from '../../host/client';
import { startSandbox, type Sandbox } from '../../sandbox';
import { connect } from './n8n';
import { startRecorder, type Call, type Recorder } from './parity/recorder';
import { shapes, type Shape } from './parity/shapes';
import { authenticatedRequest, httpRequest, nameOf, parityWorkflow } from './parity/workflow';

let recorder: Recorder;
let execution: Execution;
let sandbox: Sandbox;
let encryptedExecution: Execution;

/** Agent Auth takes JSON by POST, and its sandbox gives the answers of its own. */
const withJson = [...shapes.entries()]
	.filter(
		([, { name, parameters, reply, otherCall }]) =>
			parameters?.['contentType'] === undefined &&
			reply === undefined &&
			otherCall === undefined &&
			!/method (?!POST)/.test(name),
	)
	.map(([index, shape]): [number, Shape] => [
		index,
		{ ...shape, parameters: { ...shape.parameters, method: 'POST' } },
	]);

beforeAll(async () => {
	const client = await connect();
	recorder = await startRecorder((index, call, earlier) => {
		const reply = shapes[index]?.reply ?? {};
		return typeof reply === 'function' ? reply(call, earlier) : reply;
	});
	const credential = await client.saveCredential('maxusApi', 'Maxus of the recorder', {
		environment: 'custom',
		baseUrl: recorder.url,
		serviceCode: 'fake-code',
		serviceSecret: 'fake-secret-of-the-recorder',
	});
	const callers = [
		httpRequest(recorder.url),
		authenticatedRequest(recorder.url, 'maxusApi', credential),
	];
	const all = parityWorkflow('Parity', [...shapes.entries()], callers);
	execution = await client.runWorkflow(await client.saveWorkflow(all));

	sandbox = await startSandbox();
	const { agentAuthApi } = sandbox.credentials;
	const agent = await client.saveCredential('agentAuthApi', 'Agent Auth', agentAuthApi);
	const encrypting = authenticatedRequest(agentAuthApi.baseUrl, 'agentAuthApi', agent);
	const encrypted = parityWorkflow('Parity, encrypted', withJson, [encrypting]);
	encryptedExecution = await client.runWorkflow(await client.saveWorkflow(encrypted));
});

afterAll(() => Promise.all([recorder.close(), sandbox.close()]));

/** A call without what is different each time, and without what the token adds. */
function comparable({ method, target, headers, body }: Call) {
	const boundary = headers
		.map(([, value]) => /^multipart\/form-data; boundary=(\S+)$/.exec(value)?.[1])
		.find((one) => one !== undefined);
	const normal = (text: string) =>
		boundary === undefined ? text : text.replaceAll(boundary, '<boundary>');
	return {
		method,
		target,
		headers: headers
			.filter(([name]) => name !== 'maxus_jwt' && name !== 'X-Timestamp')
			.map(([name, value]) => `${spelled(name)}: ${normal(value)}`)
			.sort(),
		body: normal(body.toString('latin1')),
	};
}

/** Names of headers that the two ways to send a form spell differently. */
const spelled = (name: string) => (name === 'content-length' ? 'Content-Length' : name);

/**
 * An item without the number under which n8n stores its file, and without the address of the file,
 * which only the HTTP Request node keeps.
 */
function withoutIds({ json, binary, pairedItem }: Item) {
	const files = Object.entries((binary ?? {}) as Record<string, Record<string, unknown>>).map(
		([name, { id: _id, directory: _address, ...file }]) => [name, file] as const,
	);
	return { json, pairedItem, files: Object.fromEntries(files) };
}

test('every call was made by both nodes, and with a token by one', () => {
	expect(execution.data.resultData.error).toBeUndefined();
	expect(shapes.length).toBeGreaterThanOrEqual(36);
	for (const index of shapes.keys()) {
		const withToken = recorder.callsOf(index).filter(({ carriesToken }) => carriesToken);
		expect(withToken.length).toBeGreaterThan(0);
		expect(recorder.callsOf(index)).toHaveLength(withToken.length * 2);
	}
});

describe.each(shapes.map((shape, index) => ({ ...shape, index })))(
	'$name',
	({ index, otherCall, otherItems }) => {
		test(otherCall ?? 'arrives the same but for the token', () => {
			const calls = recorder.callsOf(index);
			const withToken = calls.filter(({ carriesToken }) => carriesToken).map(comparable);
			const without = calls.filter(({ carriesToken }) => !carriesToken).map(comparable);
			if (otherCall === undefined) expect(withToken).toEqual(without);
			else expect(withToken).not.toEqual(without);
		});

		test(otherItems ?? 'gives the same items', () => {
			const [theirs, ours] = ['HTTP Request', 'Authenticated Request'].map((name) =>
				outputOf(execution, nameOf({ name }, index)).map(withoutIds),
			);
			if (otherItems === undefined) expect(ours).toEqual(theirs);
			else expect(ours).not.toEqual(theirs);
		});
	},
);

describe('With Agent Auth', () => {
	const ENCRYPTED = ['Authorization', 'Content-Length', 'Content-Type', 'Host'];

	/** Without what signing and encrypting change, and what goes with the address. */
	const unchanged = (headers: Call['headers']) =>
		headers
			.filter(([name]) => !ENCRYPTED.includes(name) && !/^x-(?!one|two|id|own)/i.test(name))
			.map(([name, value]) => `${name}: ${value}`)
			.sort();

	test('enough is compared', () => {
		expect(encryptedExecution.data.resultData.error).toBeUndefined();
		expect(withJson.length).toBeGreaterThanOrEqual(36);
	});

	test.each(withJson.map(([index, { name }]) => ({ index, name })))(
		'$name: arrives the same but for the encryption',
		({ index }) => {
			const { pathname } = new URL(sandbox.credentials.agentAuthApi.baseUrl);
			const arrived = sandbox.requests
				.filter(({ kind, path }) => kind === 'business' && path.startsWith(`${pathname}/${index}/`))
				.map(({ url, rawHeaders, decrypted, status }) => {
					const pairs = rawHeaders.flatMap((name, at) =>
						at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as [string, string]] : [],
					);
					const target = url.slice(url.indexOf(pathname) + pathname.length);
					return { status, target, headers: unchanged(pairs), body: decrypted };
				});
			const sent = recorder
				.callsOf(index)
				.filter(({ carriesToken }) => !carriesToken)
				.map(({ target, headers, body }) => ({
					status: 200,
					target,
					headers: unchanged(headers),
					body: JSON.parse(body.toString() || '{}') as unknown,
				}));
			expect(arrived).toEqual(sent);
		},
	);
});
