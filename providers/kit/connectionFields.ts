import type { INodeProperties } from 'n8n-workflow';

import { optionalText } from './credentialFields';
import { InputError } from './errors';
import type { Credentials } from './provider';

const PROXY = 'Proxy';
/** It may hold a user and a password. */
const PROXY_ADDRESS = /^https?:\/\/([^\s\p{C}/?#@\\]*@)?[^\s\p{C}/?#@\\]+\/?$/iu;

const PROCESSES = 'Processes Sharing the Limit';

/**
 * How this n8n reaches the service. Token requests keep to this alone: whoever may edit a workflow must not
 * be able to lead the secret of a shared credential to a server of his own.
 */
export const connectionFields: INodeProperties[] = [
	{
		displayName: 'Ignore SSL Issues (Insecure)',
		name: 'allowUnauthorizedCerts',
		type: 'boolean',
		default: false,
		description:
			'Whether to connect even if the certificate of the service cannot be verified, e.g. because it is self-signed',
		hint: 'The option of that name in a node is for its calls alone, not for the token request',
	},
	{
		displayName: PROXY,
		name: 'proxy',
		type: 'string',
		default: '',
		placeholder: 'e.g. http://myproxy:3128',
		description:
			'HTTP proxy for token requests, and for the calls of nodes that name none. Without it, the one that the n8n instance is set up with.',
	},
	{
		displayName: PROCESSES,
		name: 'processes',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1,
		description:
			'How many n8n processes make calls with this account, e.g. 3 for a main process and two workers. Each keeps to its share of the requests per minute.',
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
		description: 'Give an address like http://myproxy:3128, or leave the field empty.',
	});
}

function readProcesses(data: Record<string, unknown>): number {
	const processes = Number(optionalText(data, 'processes') || 1);
	if (Number.isSafeInteger(processes) && processes >= 1) return processes;
	throw new InputError(`"${PROCESSES}" of the credential must be a whole number, 1 or more`, {
		description: 'Count the n8n processes that make calls with this account.',
	});
}
