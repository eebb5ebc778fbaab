import { makeCertificate } from '../../sandbox/server';
import { chain } from '../../host/chain';
import type { Client, CredentialReference } from '../../host/client';
import { connect } from './n8n';
import { startRecorder, type Recorder } from './parity/recorder';

let client: Client;
let recorder: Recorder;
let maxusApi: CredentialReference;
/** Its logins verify no certificate: the authority that a workflow brings is for calls alone. */
let trusting: CredentialReference;
/** Both are of certificates that no system trusts. */
let servers: { key: string; cert: string };
let clients: { key: string; cert: string };

beforeAll(async () => {
	[client, servers, clients] = await Promise.all([connect(), makeCertificate(), makeCertificate()]);
	const tls = { ...servers, ca: clients.cert, requestCert: true, rejectUnauthorized: true };
	recorder = await startRecorder(() => ({}), tls);
	const data = {
		environment: 'custom',
		baseUrl: recorder.url,
		serviceCode: 'fake-code',
		serviceSecret: 'fake-secret',
	};
	maxusApi = await client.saveCredential('maxusApi', 'Maxus with certificates', data);
	trusting = await client.saveCredential('maxusApi', 'Maxus without verification', {
		...data,
		allowUnauthorizedCerts: true,
	});
});

afterAll(() => recorder.close());

async function call(certificates: object | null, method = 'POST', credential = maxusApi) {
	const httpSslAuth = await client.saveCredential(
		'httpSslAuth',
		'Certificates',
		certificates ?? {},
	);
	const node = {
		name: 'Call',
		type: 'n8n-nodes-token-providers.authenticatedRequest',
		parameters: {
			provider: 'maxusApi',
			provideSslCertificates: certificates !== null,
			method,
			url: '1/echo',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '{"a":1}',
		},
		credentials: { maxusApi: credential, httpSslAuth },
	};
	return await client.runWorkflow(await client.saveWorkflow(chain('Certificates', [node])));
}

const inOneLine = (pem: string) => pem.trim().replace(/\r?\n/g, ' ');

test.each([
	['as they are', 'POST', (pem: string) => pem],
	['as a field of one line leaves them', 'POST', inOneLine],
	['for a GET with a body', 'GET', inOneLine],
])('the server and the client show theirs: %s', async (_, method, change) => {
	const before = recorder.callsOf(1).length;
	const { ca, cert, key } = { ca: servers.cert, ...clients };
	const certificates = { ca: change(ca), cert: change(cert), key: change(key) };
	const execution = await call(certificates, method, trusting);
	expect(execution.data.resultData.error).toBeUndefined();
	expect(recorder.callsOf(1).length).toBe(before + 1);
	expect(execution.stored).not.toContain(key.split('\n')[1]);
});

test('a server that the CA has not signed is refused', async () => {
	const { data } = await call({ ...clients, ca: clients.cert });
	expect(data.resultData.error?.message).toContain('is not trusted');
});

test('without the setting none is used', async () => {
	const { data } = await call(null);
	expect(data.resultData.error?.message).toContain('is not trusted');
});
