'use strict';

// Plain JavaScript on builtins alone: this runs before anything is installed.
const { spawn } = require('node:child_process');
const { mkdirSync, openSync, closeSync, readFileSync } = require('node:fs');
const { join, relative } = require('node:path');

const ROOT = join(__dirname, '..');

/** Where all that the commands of this folder make is kept; git ignores it. */
const CACHE = join(ROOT, '.cache');

/** Something the user can do something about: shown as its message alone. */
class Failure extends Error {}

/** The registry could not be reached. */
class Unreachable extends Failure {}

const UNREACHABLE =
	/ENOTFOUND|ENOTCACHED|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT/;

/** @type {Array<[RegExp, string]>} */
const CAUSES = [
	[
		UNREACHABLE,
		'npm cannot reach its registry. Check the network and the proxy, and see `npm config get registry`.',
	],
	[
		/ENOSPC|no space left on device/i,
		'The disk is full. n8n needs about 3.5 GB here, and npm keeps a copy in its cache.',
	],
	[
		/Could not find any Python|gyp ERR! find Python|not found: make|spawn make ENOENT|not found: (g\+\+|c\+\+)|g\+\+: (command )?not found|gyp ERR! find VS/i,
		'sqlite3 has to be compiled here, and that takes Python 3, make and a C++ compiler. ' +
			'Debian: apt-get install python3 make g++. macOS: xcode-select --install.',
	],
	[/EACCES|EPERM|EROFS/, 'A file or folder may not be written.'],
];

/**
 * Shows a long piece of work with the seconds it takes: a line that counts on a terminal, and one
 * line now and then elsewhere.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function step(title, work) {
	const started = Date.now();
	const { isTTY } = process.stdout;
	const seconds = () => ((Date.now() - started) / 1000).toFixed(isTTY ? 0 : 1);
	const show = () => process.stdout.write(isTTY ? `\r  … ${title} ${seconds()} s` : '');
	const remind = () => process.stdout.write(`  … ${title}: ${seconds()} s so far\n`);
	const ticking = isTTY ? setInterval(show, 1000) : setInterval(remind, 30_000);
	if (isTTY) show();
	else process.stdout.write(`  … ${title}\n`);
	const end = (/** @type {string} */ mark) => {
		clearInterval(ticking);
		process.stdout.write(`${isTTY ? '\r' : ''}  ${mark} ${title} (${seconds()} s)\n`);
	};
	try {
		const result = await work();
		end('✓');
		return result;
	} catch (error) {
		end('✗');
		throw error;
	}
}

/**
 * Runs a command with its output in `.cache/logs/<log>.log`, and throws a {@link Failure} that says
 * why it ended badly.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, log: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<void>}
 */
async function run(command, args, { cwd, log, env = process.env }) {
	const folder = join(CACHE, 'logs');
	mkdirSync(folder, { recursive: true });
	const path = join(folder, `${log}.log`);
	const output = openSync(path, 'w');
	const status = await new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd,
			env,
			stdio: ['ignore', output, output],
			shell: process.platform === 'win32',
		});
		const kill = () => child.kill();
		process.once('exit', kill);
		child.on('error', (error) => resolve(error.message));
		child.on('close', (code, signal) => {
			process.off('exit', kill);
			resolve(code ?? signal);
		});
	});
	closeSync(output);
	if (status === 0) return;
	const text = readFileSync(path, 'utf8');
	const cause = CAUSES.find(([pattern]) => pattern.test(text))?.[1];
	throw new (UNREACHABLE.test(text) ? Unreachable : Failure)(
		`\`${[command, ...args].join(' ')}\` ended with ${status}.\n` +
			`${cause ?? excerpt(text)}\nIts whole output: ${relative(process.cwd(), path)}`,
	);
}

/**
 * The telling lines of an output: npm says first what is wrong, other commands last.
 *
 * @param {string} text
 */
function excerpt(text) {
	const lines = text.trimEnd().split('\n');
	const first = lines.findIndex((line) => line.startsWith('npm error code'));
	return (first < 0 ? lines.slice(-15) : lines.slice(first, first + 10)).join('\n');
}

/**
 * Installs what the lock file in a folder names, from npm's cache alone where the registry cannot
 * be reached: npm itself would try for many minutes.
 *
 * @param {string} folder
 * @param {string} log
 * @returns {Promise<void>}
 */
async function installLocked(folder, log) {
	const ping = ['ping', '--fetch-retries=0', '--fetch-timeout=10000'];
	const isOffline = await run('npm', ping, { cwd: folder, log: 'npm-ping' }).then(
		() => false,
		(error) => error instanceof Unreachable,
	);
	const args = ['ci', '--ignore-scripts', ...(isOffline ? ['--offline'] : [])];
	await run('npm', args, { cwd: folder, log });
}

/**
 * Whether `node_modules` in a folder holds what its lock file names. npm writes its own record of
 * an installation as the last thing, so one that was broken off does not count.
 *
 * @param {string} folder
 * @returns {boolean}
 */
function isInstalled(folder) {
	try {
		const wanted = packagesIn(join(folder, 'package-lock.json'));
		const present = packagesIn(join(folder, 'node_modules', '.package-lock.json'));
		return Object.entries(wanted).every(([path, { integrity, optional, devOptional }]) => {
			const found = present[path];
			if (!found) return path === '' || optional === true || devOptional === true;
			return found.integrity === integrity;
		});
	} catch {
		return false;
	}
}

/**
 * @param {string} lock
 * @returns {Record<string, { integrity?: string, optional?: boolean, devOptional?: boolean }>}
 */
function packagesIn(lock) {
	return JSON.parse(readFileSync(lock, 'utf8')).packages;
}

module.exports = { CACHE, Failure, ROOT, installLocked, isInstalled, run, step };
