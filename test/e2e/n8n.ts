import { readFileSync } from 'node:fs';
import { Client } from '../../host/client';

/** The n8n that all end-to-end tests share, with its owner logged in. */
export async function connect(): Promise<Client> {
	const client = new Client(process.env['E2E_N8N_URL'] ?? '');
	await client.logIn();
	return client;
}

/** All that n8n has printed so far. */
export const n8nLog = () => readFileSync(process.env['E2E_N8N_LOG'] ?? '', 'utf8');
