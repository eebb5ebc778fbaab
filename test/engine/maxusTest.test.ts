import { startSandbox, type Failure, type Sandbox } from '../../sandbox';
import { itNeeds } from './abilities';
import { pressTest } from './credentialTest';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const OK = { status: 'OK', message: 'Connection successful!' };

const press = async (more: object = {}) =>
	await pressTest('maxusApi', { ...sandbox.credentials.maxusApi, ...more });

const paths = () =>
	sandbox.requests.map(({ method, path, query }) => [
		method,
		`${path.replace('/maxus/australia', '')}${query && `?${query}`}`,
	]);

const REGISTER = ['POST', '/base/api/token/register'];

describe('the Test button of Maxus', () => {
	it('gets a token where no test path is given', async () => {
		expect(await press()).toEqual(OK);
		expect(await press({ testPath: ' ' })).toEqual(OK);
		expect(paths()).toEqual(Array(4).fill(REGISTER));
	});

	it('makes the call that the test path names, with the token', async () => {
		const testPath = ' /fir/dictionaryInfo/queryByTypeCode?typeCode=fir ';
		expect(await press({ testPath })).toEqual(OK);
		expect(paths()).toEqual([
			REGISTER,
			['GET', '/fir/dictionaryInfo/queryByTypeCode?typeCode=fir'],
		]);
		expect(sandbox.requests[1]).toMatchObject({ body: '', token: sandbox.requests[0]?.token });
		expect(JSON.stringify(sandbox.requests[1])).not.toContain('fake-maxus-secret');
	});

	it('says so when the token is refused there', async () => {
		sandbox.faults.maxus.businessFailures = [{ status: 401, times: Infinity }];
		const result = await press({ testPath: '/fir/detail/query?id=1' });
		expect(result.status).toBe('Error');
		expect(result.message).toContain('issued a token but does not accept it for the Test Path');
	});

	const saysSo = async (failure: Failure, message: string) => {
		sandbox.faults.maxus.businessFailures = [{ ...failure, times: Infinity }];
		const result = await press({ testPath: '/fir/detail/query?id=1' });
		expect(result).toEqual({
			status: 'Error',
			message: expect.stringContaining(message) as string,
		});
	};

	it('says so when the answer is an internal fault', async () => {
		await saysSo({ refusal: {} }, 'responded with status 0');
	});

	it('says so when the answer is no such path', async () => {
		await saysSo({ status: 404 }, 'nothing at the Test Path');
	});

	it('takes the token to no other host', async () => {
		const result = await press({ testPath: `${sandbox.strangerUrl}/fir/detail/query` });
		expect(result.status).toBe('Error');
		expect(result.message).toContain('must not go to');
		expect(paths().filter(([method]) => method === 'GET')).toEqual([]);
	});

	it('says whose fault it was when Maxus had one', async () => {
		sandbox.faults.maxus.tokenFailures = [{ refusal: {}, times: Infinity }];
		const result = await press();
		expect(result.message).toContain('Maxus met an internal fault (status 0): Unknown Exception.');
		expect(result.message).not.toContain('Check the Service Code');
	});
});

describe('the hosts that n8n keeps a credential to', () => {
	itNeeds.hostsOfLogin(
		'need the host of the token endpoint, which the message says by the name of the field',
		async () => {
			const hosts = { allowedHttpRequestDomains: 'domains' };
			for (const allowedDomains of ['', 'other.example']) {
				const { message } = await press({ ...hosts, allowedDomains });
				expect(message).toContain('add 127.0.0.1 to "Hosts"');
			}
			expect(await press({ ...hosts, allowedDomains: '127.0.0.1' })).toEqual(OK);
		},
	);

	it('are no matter for the Test of a credential that HTTP Request may not use', async () => {
		expect(await press({ allowedHttpRequestDomains: 'none' })).toEqual(OK);
	});
});
