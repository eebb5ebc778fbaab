import { Maxus } from '../../../packages/maxus/nodes/Maxus/Maxus.node';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { engine } from '../../engine/engine';
import { outputOf, runOperation, type VendorRun } from '../run';

let sandbox: Sandbox;
let run: VendorRun;

beforeEach(async () => {
	sandbox = await startSandbox();
	run = { node: new Maxus(engine), credential: sandbox.credentials.maxusApi };
});
afterEach(async () => await sandbox.close());

const calls = () => sandbox.requests.filter(({ kind }) => kind === 'business');

const paths = () =>
	calls().map(({ method, path, query }) => `${method} ${path}${query && `?${query}`}`);

test('Dictionary: all of them, the entries of one, and the options', async () => {
	expect(await outputOf(run, 'dictionary', 'getAll', { limit: 1 })).toEqual([
		{ typeCode: '1033', dictionaryList: [expect.any(Object), expect.any(Object)] },
	]);
	expect(await outputOf(run, 'dictionary', 'getEntries', { typeCode: '1033' })).toEqual([
		{ typeCode: '1033', code: '1', name: '1033 one' },
		{ typeCode: '1033', code: '2', name: '1033 two' },
	]);
	expect(await outputOf(run, 'dictionary', 'getOptions')).toHaveLength(1);
	expect(paths()).toEqual([
		'GET /maxus/australia/fir/dictionary/all/query',
		'GET /maxus/australia/fir/dictionaryInfo/queryByTypeCode?typeCode=1033',
		'GET /maxus/australia/fir/option/all/query',
	]);
});

test('Vehicle: the VINs that hold a part of one', async () => {
	const search = { vin: '0000001', ascCode: '4102019' };
	expect(await outputOf(run, 'vehicle', 'searchVin', search)).toEqual([
		{ value: 'FAKEVIN0000000001' },
		{ value: 'FAKEVIN0000000013' },
	]);
	expect(calls()[0]?.query).toBe('vin=0000001&ascCode=4102019');
});

describe('FIR', () => {
	test('is read, and simplified', async () => {
		sandbox.faults.maxus.businessFailures = [
			{
				status: 200,
				body: JSON.stringify({
					status: 1,
					errMsg: 'success',
					data: { caseId: 'C-1', vin: 'FAKEVIN0000000001', weather: 'rain', replies: [] },
				}),
				times: 2,
			},
		];
		expect(await outputOf(run, 'fir', 'get', { firId: '7' })).toEqual([
			{ caseId: 'C-1', vin: 'FAKEVIN0000000001' },
		]);
		expect(await outputOf(run, 'fir', 'get', { firId: '7', simplify: false })).toEqual([
			{ caseId: 'C-1', vin: 'FAKEVIN0000000001', weather: 'rain', replies: [] },
		]);
		expect(calls()[0]?.query).toBe('id=7');
	});

	test('is submitted and updated with the fields that were given', async () => {
		const fir = '{ "vin": "FAKEVIN0000000001", "title": "玻璃" }';
		expect(await outputOf(run, 'fir', 'submit', { fir })).toEqual([
			{ firId: { vin: 'FAKEVIN0000000001', title: '玻璃' } },
		]);
		expect(await outputOf(run, 'fir', 'update', { fir })).toEqual([
			{ vin: 'FAKEVIN0000000001', title: '玻璃' },
		]);
		expect(paths()).toEqual([
			'POST /maxus/australia/fir/new/submit',
			'POST /maxus/australia/fir/update',
		]);
	});

	test('a file of the item is uploaded', async () => {
		const binary = {
			data: {
				data: Buffer.from('fake picture').toString('base64'),
				mimeType: 'image/png',
				fileName: 'a.png',
			},
		};
		const uploading = { ...run, items: [{ json: {}, binary }] };
		expect(await outputOf(uploading, 'fir', 'uploadFile')).toEqual([
			{ fileName: 'a.png', bytes: 12 },
		]);
	});

	test.each([
		['not JSON', '{', 'The value in the "FIR (JSON)" field is not valid JSON'],
		['a list', '[]', 'The value in the "FIR (JSON)" field must be a JSON object'],
	])('is refused before it is sent when it is %s', async (_what, fir, message) => {
		const { error } = await runOperation(run, 'fir', 'submit', { fir });
		expect(error?.message).toBe(message);
		expect(sandbox.requests).toEqual([]);
	});
});

test('Claim: sent as it was given', async () => {
	expect(await outputOf(run, 'claim', 'update', { claim: { claimNo: 'C-1' } })).toEqual([
		{ claimNo: 'C-1' },
	]);
	expect(paths()).toEqual(['POST /maxus/australia/claim/new/update']);
});

test('a refusal under HTTP 200 carries what Maxus says, and the others go on', async () => {
	const items = [{ json: { code: '' } }, { json: { code: '1033' } }];
	const continuing = { ...run, items, onError: 'continueRegularOutput' as const };
	sandbox.faults.maxus.businessFailures = [
		{ status: 200, body: '{"status":0,"errMsg":"no such dictionary"}' },
	];
	const { items: given } = await runOperation(continuing, 'dictionary', 'getEntries', {
		typeCode: '1033',
	});
	expect(given.map(({ json }) => json)).toContainEqual({
		error: 'Maxus did not carry out the call (status 0): no such dictionary',
		details: expect.objectContaining({ errorCode: '0' }) as unknown,
	});
	expect(given).toHaveLength(3);
});

test('each call has a token of its own', async () => {
	const twice = { ...run, items: [{ json: {} }, { json: {} }] };
	await outputOf(twice, 'dictionary', 'getOptions');
	expect(new Set(calls().map(({ token }) => token)).size).toBe(2);
});
