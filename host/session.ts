import { startSandbox, type Sandbox } from '../sandbox';
import { Client, OWNER, type CredentialReference } from './client';
import { CREDENTIAL_TYPES, type CredentialType } from './examples';
import { installHost } from './install';
import { claimFolder } from './lock';
import { lastWords, n8nIsUp, startN8n, type N8n } from './n8n';
import { installPackage, packPackage } from './pack';
import { freePort, isFree } from './ports';
import { Failure, step } from './step';

const DEFAULT_PORT = 5678;

/** For the usage of a command that takes a port. */
export const PORT_USAGE = `where the editor is to be; ${DEFAULT_PORT}, or the next free one, by default`;

/** An n8n with the package in it, the sandbox beside it, and a credential for each vendor. */
export interface Session extends Guest {
	n8n: N8n;
}

/** The same without a hold on n8n itself. */
export interface Guest {
	client: Client;
	sandbox: Sandbox;
	references: Partial<Record<CredentialType, CredentialReference>>;
}

export interface SessionOptions {
	userFolder: string;
	/** As the user typed it. */
	port?: string;
	env?: Record<string, string>;
}

let onSignal: () => void = () => process.exit(130);

/** Sets all up as a user would, hands it to `work`, and ends it after that. */
export async function withSession(
	{ userFolder, port: typedPort, env }: SessionOptions,
	work: (session: Session) => Promise<number>,
): Promise<number> {
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => onSignal());
	const port = await choosePort(typedPort);
	await installHost();
	const release = claimFolder(userFolder);
	await installPackage(await packPackage(), userFolder);
	const sandbox = await step('Starting the sandbox', () => startSandbox());
	try {
		const n8n = await step('Starting n8n', () => startN8n({ userFolder, port, env }));
		try {
			const client = new Client(n8n.url);
			return await work({ n8n, ...(await beGuest(client, sandbox)) });
		} finally {
			await n8n.stop();
		}
	} finally {
		await sandbox.close();
		release();
	}
}

/**
 * The same with an n8n that was started some other way, has the package, and reaches this machine's loopback: a
 * container with `--network host`, say. It is a new one, or its owner is the one of the demo.
 */
export async function withExternal(
	url: string,
	work: (guest: Guest) => Promise<number>,
): Promise<number> {
	if (!URL.canParse(url)) throw new Failure(`"${url}" is no URL`);
	const sandbox = await step('Starting the sandbox', () => startSandbox());
	try {
		const isUp = await step(`Waiting for n8n at ${url}`, () => n8nIsUp(url));
		if (!isUp) throw new Failure(`There is no n8n at ${url}.`);
		return await work(await beGuest(new Client(url.replace(/\/+$/, '')), sandbox));
	} finally {
		await sandbox.close();
	}
}

async function beGuest(client: Client, sandbox: Sandbox): Promise<Guest> {
	await client.logIn();
	const references = await step('Creating and testing the credentials', () =>
		saveCredentials(client, sandbox),
	);
	return { client, sandbox, references };
}

/** Says where the editor is, and waits for Ctrl-C. */
export async function stayOpen(n8n: N8n): Promise<number> {
	console.log(`\n  Editor    ${n8n.url}`);
	console.log(`  Email     ${OWNER.email}`);
	console.log(`  Password  ${OWNER.password}\n`);
	console.log('  Ctrl-C ends n8n and the sandbox.');
	const isEnded = await Promise.race([
		n8n.ended.then(() => true),
		new Promise<false>((resolve) => {
			onSignal = () => resolve(false);
		}),
	]);
	if (isEnded) throw new Failure(`n8n ended by itself. ${lastWords(n8n)}`);
	console.log('\n  Ending …');
	return 0;
}

async function choosePort(typed: string | undefined): Promise<number> {
	if (typed === undefined) {
		const port = await freePort(DEFAULT_PORT);
		if (port !== DEFAULT_PORT) console.log(`  Port ${DEFAULT_PORT} is in use; taking ${port}.`);
		return port;
	}
	const port = Number(typed);
	if (!(Number.isInteger(port) && port > 0 && port < 65_536)) {
		throw new Failure(`"${typed}" is no port`);
	}
	if (await isFree(port)) return port;
	throw new Failure(`Port ${port} is in use. Choose another, or leave --port out.`);
}

async function saveCredentials(client: Client, sandbox: Sandbox): Promise<Session['references']> {
	const references: Session['references'] = {};
	for (const { type, vendor } of CREDENTIAL_TYPES) {
		const data = sandbox.credentials[type];
		const reference = await client.saveCredential(type, `${vendor} (sandbox)`, data);
		const { status, message } = await client.testCredential(type, reference);
		if (status !== 'OK') throw new Failure(`The ${vendor} credential's test says: ${message}`);
		references[type] = reference;
	}
	return references;
}
