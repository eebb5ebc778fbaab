import { parseArgs } from 'node:util';
import { startSandbox, VENDORS, type Sandbox } from './index';
import type { Entry, Guide, SandboxVendor } from './types';

const FORGET_AFTER_MS = 60_000;

/** Of the column of labels. */
const WIDTH = 32;

function readPort(name: string, value: string): number {
	const port = Number(value);
	if (/^\d+$/.test(value) && port <= 65_535) return port;
	throw new Error(`--${name} takes a port number from 0 to 65535, not "${value}"`);
}

function readPorts(): { port: number; tlsPort: number } {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '4100' },
			'tls-port': { type: 'string', default: '4143' },
		},
	});
	return {
		port: readPort('port', values.port),
		tlsPort: readPort('tls-port', values['tls-port']),
	};
}

/** What every vendor has beside its own endpoints. */
const everywhere = (strangerUrl: string) => [
	'Below every base URL, for trying out what can happen',
	'  /echo  /status/503?retryAfter=2&times=1  /slow/1500  /cut  /empty',
	'  /pages?page=1&size=2&total=5  /array  /text  /html  /bytes/1000000',
	`  /redirect/302?to=${strangerUrl}/  (another origin)`,
];

/** Each account: what to type into its credential, and a call to try. The vendors stand last, where a terminal ends. */
function describe({ url, tlsUrl, strangerUrl }: Sandbox): string {
	const guides = Object.values<SandboxVendor>(VENDORS)
		.reverse()
		.flatMap((vendor) => vendor.guides(url, tlsUrl ?? url));
	const sections = [
		...guides.map(linesOf),
		everywhere(strangerUrl),
		[`The sandbox is running at ${url} and ${tlsUrl}. Ctrl-C ends it.`],
	];
	return sections.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function linesOf({ title, credential, call, hints = [] }: Guide): string[] {
	return [
		title,
		'  Credential',
		...credential.flatMap(linesOfEntry),
		'  Authenticated Request',
		...call.flatMap(linesOfEntry),
		...(hints.length > 0 ? ['  Also', ...hints.map((hint) => `    ${hint}`)] : []),
	];
}

function linesOfEntry([label, value]: Entry): string[] {
	const texts = typeof value === 'string' ? [value] : value.map((row) => row.join(' | '));
	return texts.flatMap((text, index) => {
		const [first = '', ...others] = text.split('\n');
		const name = index === 0 ? label : '';
		return [
			`    ${name.padEnd(WIDTH)}${first}`,
			...others.map((line) => ' '.repeat(WIDTH + 4) + line),
		];
	});
}

function explain(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
		return `Port ${error.port} is in use. Choose others with --port and --tls-port.`;
	}
	if ('code' in error && error.code === 'EACCES' && 'port' in error) {
		return `Port ${error.port} needs more rights. Choose others with --port and --tls-port.`;
	}
	return error.message;
}

async function main(): Promise<void> {
	const sandbox = await startSandbox({ ...readPorts(), tls: true });
	console.log(describe(sandbox));
	// Nobody reads the records here, and a demo may run for days.
	const forgetting = setInterval(() => sandbox.requests.splice(0), FORGET_AFTER_MS);
	const end = () => {
		clearInterval(forgetting);
		void sandbox.close();
	};
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
}

main().catch((error: unknown) => {
	console.error(explain(error));
	process.exitCode = 1;
});
