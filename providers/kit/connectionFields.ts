import type { INodeProperties } from 'n8n-workflow';

import { optionalText } from './credentialFields';
import { InputError } from './errors';
import type { Credentials } from './provider';

const PROXY = 'Proxy';
/** It may hold a user and a password. */
const PROXY_ADDRESS = /^https?:\/\/([^\s\p{C}/?#@\\]*@)?[^\s\p{C}/?#@\\]+\/?$/iu;

const PROCESSES = 'Processes Sharing the Limit';

/**
 * How this n8n reaches the service. Token requests keep to this alone: a person who may edit a workflow must not
 * be able to send the secret of a shared credential to another server.
 */
export const connectionFields: INodeProperties[] = [
	{
		displayName: 'Ignore SSL Issues (Insecure)',
		name: 'allowUnauthorizedCerts',
		type: 'boolean',
		default: false,
		description: 'Whether to connect even if the certificate of the service cannot be verified',
		hint: 'Switch this on if the service has a self-signed certificate that you trust, for example in your own network',
	},
	{
		displayName: PROXY,
		name: 'proxy',
		type: 'string',
		default: '',
		placeholder: 'e.g. http://myproxy:3128',
		hint: 'Leave empty to use the proxy of the n8n instance',
		description: 'HTTP proxy for logins, and for the calls of nodes that set none',
	},
	{
		displayName: PROCESSES,
		name: 'processes',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1,
		hint: 'Leave 1 unless n8n runs in queue mode. Example: one main process and two workers are 3.',
		description:
			'How many n8n processes make calls with this account. Each uses its share of the requests per minute, and waits so many times longer after a refused login that may lock the account.',
	},
];

/** Reads {@link connectionFields}. @throws {InputError} naming the field that cannot be right */
export function readConnection(
	data: Record<string, unknown>,
): Pick<Credentials, 'allowUnauthorizedCerts' | 'proxy' | 'processes'> {
	const proxy = readProxy(optionalText(data, 'proxy'), `"${PROXY}" of the credential`);
	const processes = readProcesses(data);
	return {
		allowUnauthorizedCerts: optionalText(data, 'allowUnauthorizedCerts') === 'true',
		...(proxy !== '' && { proxy }),
		...(processes > 1 && { processes }),
	};
}

/**
 * The address of a proxy, or empty. n8n leaves out one that it cannot use, and connects directly.
 * @throws {InputError} that names it by `label` when it is no address
 */
export function readProxy(text: string, label: string): string {
	const address = text.trim();
	if (address === '' || (PROXY_ADDRESS.test(address) && URL.canParse(address))) return address;
	throw new InputError(`${label} is not the address of an HTTP proxy`, {
		description: 'Enter an address like http://myproxy:3128, or leave the field empty.',
	});
}

function readProcesses(data: Record<string, unknown>): number {
	const processes = Number(optionalText(data, 'processes') || 1);
	if (Number.isSafeInteger(processes) && processes >= 1) return processes;
	throw new InputError(`"${PROCESSES}" of the credential must be a whole number, 1 or more`, {
		description: 'Count the n8n processes that make calls with this account.',
	});
}
