import { parseArgs } from 'node:util';
import { startSandbox, VENDORS, type Sandbox } from './index';
import type { Instructions, SandboxVendor } from './types';

const FORGET_AFTER_MS = 60_000;

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

/** Each vendor, the fields of its credential, and what to try. */
function describe({ url, tlsUrl, strangerUrl }: Sandbox): string {
	const sections: Instructions = [
		...Object.values<SandboxVendor>(VENDORS).flatMap(({ instructions }) =>
			instructions(url, tlsUrl ?? url),
		),
		[
			'Below every base URL',
			[
				['', '/echo  /status/503?retryAfter=2&times=1  /slow/1500  /cut  /empty'],
				['', '/pages?page=1&size=2&total=5  /array  /text  /html  /bytes/1000000'],
				['', `/redirect/302?to=${strangerUrl}/  (another origin)`],
			],
		],
	];
	const lines = sections.flatMap(([title, rows]) => [
		'',
		title,
		...rows.map(([name, value]) => `  ${name.padEnd(22)}${value}`),
	]);
	return [`The sandbox is running at ${url} and ${tlsUrl}. Ctrl-C ends it.`, ...lines, ''].join(
		'\n',
	);
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
