import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from '../sandbox';
import { Client, OWNER, type CredentialReference } from './client';
import { DEMO_EXAMPLES } from './demoExamples';
import { CREDENTIAL_TYPES, loadExample, type CredentialType } from './examples';
import { installHost } from './install';
import { claimFolder } from './lock';
import { measure, type Example, type Measured } from './measure';
import { lastWords, startN8n, type N8n } from './n8n';
import { installPackage, packPackage } from './pack';
import { freePort, isFree } from './ports';
import { CACHE, Failure, step } from './step';
import { table } from './table';

const USER_FOLDER = join(CACHE, 'demo');
const DEFAULT_PORT = 5678;

const USAGE = `npm run demo -- [--once] [--port <port>]
  --once         end when all workflows have run; the exit status says whether all went well
  --port <port>  where the editor is to be; ${DEFAULT_PORT}, or the next free one, by default`;

let onSignal: () => void = () => process.exit(130);

/** Shows the package at work in a real n8n, and leaves its editor open until Ctrl-C. */
export async function main(args: string[]): Promise<number> {
	const options = readArguments(args);
	if (options.help) {
		console.log(USAGE);
		return 0;
	}
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => onSignal());
	const port = await choosePort(options.port);

	await installHost();
	const release = claimFolder(USER_FOLDER);
	await installPackage(await packPackage(), USER_FOLDER);
	const sandbox = await step('Starting the sandbox', () => startSandbox());
	try {
		const n8n = await step('Starting n8n', () => startN8n({ userFolder: USER_FOLDER, port }));
		try {
			const isGood = await showExamples(new Client(n8n.url), sandbox);
			if (options.once) return isGood ? 0 : 1;
			return await stayOpen(n8n);
		} finally {
			await n8n.stop();
		}
	} finally {
		await sandbox.close();
		release();
	}
}

function readArguments(args: string[]) {
	try {
		const { values } = parseArgs({
			args,
			options: {
				once: { type: 'boolean', default: false },
				port: { type: 'string' },
				help: { type: 'boolean', short: 'h', default: false },
			},
		});
		const port = values.port === undefined ? null : Number(values.port);
		if (port !== null && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
			throw new Error(`"${values.port}" is no port`);
		}
		return { ...values, port };
	} catch (error) {
		throw new Failure(`${(error as Error).message}\n${USAGE}`);
	}
}

async function choosePort(wanted: number | null): Promise<number> {
	if (wanted !== null) {
		if (await isFree(wanted)) return wanted;
		throw new Failure(`Port ${wanted} is in use. Choose another, or leave --port out.`);
	}
	const port = await freePort(DEFAULT_PORT);
	if (port !== DEFAULT_PORT) console.log(`  Port ${DEFAULT_PORT} is in use; taking ${port}.`);
	return port;
}

/** Sets all up as a user would, runs the workflows and prints what each did. */
async function showExamples(client: Client, sandbox: Sandbox): Promise<boolean> {
	await client.logIn();
	const references = await step('Creating and testing the credentials', () =>
		saveCredentials(client, sandbox),
	);
	const results: Array<[Example, Measured]> = [];
	await step(`Creating and running ${DEMO_EXAMPLES.length} workflows`, async () => {
		for (const example of DEMO_EXAMPLES) {
			const loaded = loadExample(example.name, sandbox.credentials, references);
			const workflow = await client.saveWorkflow(loaded);
			results.push([example, await measure(client, sandbox, workflow, example)]);
		}
	});
	console.log(`\n${resultTable(results)}\n`);
	const wrong = results.filter(([, measured]) => measured.wrong.length > 0);
	for (const [{ vendor, way }, measured] of wrong) {
		console.log(`  ${vendor}, ${way}: ${measured.wrong.join('; ')}`);
	}
	console.log(
		`  ${results.length - wrong.length} of ${results.length} workflows did what they must.`,
	);
	return wrong.length === 0;
}

async function saveCredentials(client: Client, sandbox: Sandbox) {
	const references: Partial<Record<CredentialType, CredentialReference>> = {};
	for (const { type, vendor } of CREDENTIAL_TYPES) {
		const data = sandbox.credentials[type];
		const reference = await client.saveCredential(type, `${vendor} (sandbox)`, data);
		const { status, message } = await client.testCredential(type, reference);
		if (status !== 'OK') throw new Failure(`The ${vendor} credential's test says: ${message}`);
		references[type] = reference;
	}
	return references;
}

function resultTable(results: Array<[Example, Measured]>): string {
	const headings = [
		'Vendor',
		'Way',
		'Items',
		'Calls',
		'Tokens',
		'Distinct',
		'Valid for',
		'Time',
		'',
	];
	const rows = results.map(([{ vendor, way }, measured]) => [
		vendor,
		way,
		String(measured.items),
		String(measured.calls),
		String(measured.tokens),
		String(measured.distinct),
		duration(measured.validFor),
		`${(measured.milliseconds / 1000).toFixed(2)} s`,
		measured.wrong.length > 0 ? '✗' : '✓',
	]);
	return table(headings, rows);
}

function duration(seconds: number | null): string {
	if (seconds === null) return '–';
	if (seconds < 600) return `${seconds} s`;
	return seconds < 2 * 3600 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

async function stayOpen(n8n: N8n): Promise<number> {
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
