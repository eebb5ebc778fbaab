/**
 * How many changes of the sources the unit tests notice:
 *
 *     npm run mutants -- [path…] [--sample 60] [--seed 1]
 *
 * Each mutant meets the tests of its own folder, and if those pass all unit tests of the sources, until one fails.
 * One that takes four times as long as they take without it counts as noticed, and one that does not compile is left
 * out. It works on a copy.
 */
import { fork, type ChildProcess } from 'node:child_process';
import {
	cpSync,
	existsSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

import { CACHE, ROOT } from '../../host/step';
import { compiles } from './compiles';
import { mutationsOf, type Mutation } from './mutations';

const COPY = join(CACHE, 'mutants');
const LEFT = ['node_modules', 'dist', '.cache', '.git', 'coverage', 'host/node_modules'];
const ALL = ['test/providers/', 'test/credentials/', 'test/nodes/'];
const ROOMS = ['kit', 'http', 'limit', 'tokens', 'call', 'hooks', 'vendors'];

/** How long tests may take; set by how long they take without a mutant. */
let limitMs = 30 * 60_000;

let runner: ChildProcess | undefined;

/** Whether these tests pass within the time. */
async function pass(paths: string[]): Promise<boolean> {
	runner ??= fork(join(__dirname, 'runner.js'), { execArgv: [], stdio: 'ignore' });
	const child = runner;
	return await new Promise((resolve) => {
		const end = (passed: boolean) => {
			clearTimeout(timer);
			child.removeAllListeners();
			resolve(passed);
		};
		const giveUp = () => {
			runner = undefined;
			child.kill('SIGKILL');
			end(false);
		};
		const timer = setTimeout(giveUp, limitMs);
		child.once('message', end);
		child.once('exit', giveUp);
		child.send({ root: COPY, paths });
	});
}

/** `providers/tokens/hosts.ts`: first `test/providers/tokens`, then all of `test/providers`. */
async function isNoticed(path: string): Promise<boolean> {
	const own = `test/${dirname(path)}/`;
	if (existsSync(join(COPY, own)) && !(await pass([own]))) return true;
	return !(await pass(ALL));
}

/** `count` of them, the same in every run with this seed. */
function sampleOf(all: Mutation[], count: number, seed: number): Mutation[] {
	let state = seed;
	const random = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31);
	return all
		.map((mutation) => ({ mutation, order: random() }))
		.sort((a, b) => a.order - b.order)
		.slice(0, count)
		.map(({ mutation }) => mutation)
		.sort((a, b) => a.start - b.start);
}

function sourcesBelow(path: string): string[] {
	if (path.endsWith('.ts')) return [path];
	return readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.sort()
		.map((file) => join(path, file));
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			sample: { type: 'string', default: '60' },
			seed: { type: 'string', default: '1' },
		},
	});
	const rooms = ROOMS.map((room) => `providers/${room}`).filter((room) =>
		existsSync(join(ROOT, room)),
	);
	const paths = (positionals.length > 0 ? positionals : rooms).flatMap(sourcesBelow);

	rmSync(COPY, { recursive: true, force: true });
	const left = LEFT.map((name) => join(ROOT, name));
	for (const name of readdirSync(ROOT)) {
		if (left.includes(join(ROOT, name))) continue;
		cpSync(join(ROOT, name), join(COPY, name), {
			recursive: true,
			filter: (path) => !left.includes(path),
		});
	}
	symlinkSync(join(ROOT, 'node_modules'), join(COPY, 'node_modules'));
	const startedAt = performance.now();
	if (!(await pass(ALL))) throw new Error('The tests fail without a mutant');
	limitMs = 60_000 + 4 * (performance.now() - startedAt);

	let noticed = 0;
	let missed = 0;
	for (const path of paths) {
		const file = join(COPY, path);
		const text = readFileSync(file, 'utf8');
		const ofFile = { noticed: 0, missed: 0 };
		for (const one of sampleOf(
			mutationsOf(path, text),
			Number(values.sample),
			Number(values.seed),
		)) {
			writeFileSync(file, text.slice(0, one.start) + one.by + text.slice(one.end));
			if (await isNoticed(path)) ofFile.noticed += 1;
			else if (compiles(COPY, path)) {
				ofFile.missed += 1;
				const was = text.slice(one.start, one.end).replace(/\s+/g, ' ');
				console.log(`  missed: ${path}:${one.line}: ${was} → ${one.by || 'nothing'}`);
			}
		}
		writeFileSync(file, text);
		noticed += ofFile.noticed;
		missed += ofFile.missed;
		console.log(`${path}: ${ofFile.noticed} of ${ofFile.noticed + ofFile.missed} noticed`);
	}
	console.log(
		`${noticed} of ${noticed + missed} mutants noticed: ${Math.round((100 * noticed) / (noticed + missed))} %`,
	);
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
