import { MaxusApi } from '../../credentials/MaxusApi.credentials';

const credential = new MaxusApi();
const property = (name: string) => credential.properties.find((other) => other.name === name);

it('has the names that saved workflows and credentials hold', () => {
	expect(credential.name).toBe('maxusApi');
	expect(credential.displayName).toBe('Maxus API');
	expect(credential.properties.map(({ name }) => name)).toEqual([
		'environment',
		'baseUrl',
		'serviceCode',
		'serviceSecret',
		'testPath',
		'allowUnauthorizedCerts',
		'proxy',
		'processes',
		'allowedHttpRequestDomains',
		'allowedDomains',
		'accessToken',
	]);
});

it('calls the test environment unless told otherwise', () => {
	expect(property('environment')?.default).toBe('test');
});

it('asks for a base URL only where it is needed', () => {
	expect(property('baseUrl')?.displayOptions).toEqual({ show: { environment: ['custom'] } });
});

it('hides the secret', () => {
	expect(property('serviceSecret')?.typeOptions?.password).toBe(true);
});
