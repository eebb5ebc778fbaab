import { Failure } from '../host/step';
import { compareCalls } from './calls';
import { compareCapacity } from './capacity';
import { compareConcurrency } from './concurrency';
import { measureLimit } from './limit';
import { measureCredentials } from './credentials';
import { compareMemory } from './memory';
import { readOptions, type Options, type Part } from './options';
import { measurePackage } from './package';
import { measureReaders } from './readers';
import { measureSigning } from './signing';
import { overTls, prepareStage, withN8n, type Host, type Stage } from './stage';

type Measure<Given extends unknown[]> = (...given: Given) => string | Promise<string>;

/** The parts that share one n8n. */
const IN_N8N: Partial<Record<Part, Measure<[Stage, Host, Options]>>> = {
	calls: compareCalls,
	tls: async (stage, host, options) => await compareCalls(overTls(stage), host, options),
	capacity: compareCapacity,
	concurrency: compareConcurrency,
	limit: measureLimit,
};

const ON_THEIR_OWN: Partial<Record<Part, Measure<[Stage, Options]>>> = {
	memory: compareMemory,
	signing: measureSigning,
	credentials: measureCredentials,
	package: measurePackage,
	readers: measureReaders,
};

/** Measures the package in a real n8n, and prints tables in Markdown. */
async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	const { parts } = options;
	const stage = await prepareStage();
	try {
		if (parts.some((part) => part in IN_N8N)) {
			await withN8n(async (host) => {
				for (const part of parts) print(await IN_N8N[part]?.(stage, host, options));
			});
		}
		for (const part of parts) print(await ON_THEIR_OWN[part]?.(stage, options));
	} finally {
		await stage.close();
	}
}

function print(tables: string | undefined): void {
	if (tables !== undefined) console.log(`\n${tables}`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Failure ? error.message : error);
	process.exitCode = 1;
});
