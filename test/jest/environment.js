'use strict';

const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const { AsyncLocalStorage } = require('node:async_hooks');
const vm = require('node:vm');

const ENGINE_FOLDER = require('./engineFolder');
require('./n8nFolder');

const THIS_REALM = {};

// Jest compiles every module for a realm, and has no name for the one it is in itself.
const { compileFunction } = vm;
vm.compileFunction = (code, parameters, options) =>
	options?.parsingContext === THIS_REALM
		? compileFunction(code, parameters, { ...options, parsingContext: undefined })
		: compileFunction(code, parameters, options);

/** Those in use since the last file ended. */
const storages = new Set();

const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...args) {
	storages.add(this);
	return run.apply(this, args);
};

/** Jest has new ones for each file, and Node.js goes through all that were used ever for each promise. */
function disableStorages() {
	for (const storage of storages) storage.disable();
	storages.clear();
}

/**
 * Runs test files in the realm of Node.js itself, where jest's own environment makes a realm for
 * each file. So a worker can load n8n's engine once (see setup.js), and `instanceof` holds between
 * it and the nodes, as it does in n8n. The modules of this package are still loaded anew for each
 * file; what a test changes in global objects is put back when its file ends.
 */
module.exports = class Environment {
	global = globalThis;
	moduleMocker = new ModuleMocker(globalThis);
	#console = globalThis.console;
	#env = { ...process.env };
	/** Jest changes both for each file. */
	#process = { exit: process.exit, getBuiltinModule: process.getBuiltinModule };

	constructor({ projectConfig }) {
		this.global.requireOnce = (name) => require(require.resolve(name, { paths: [ENGINE_FOLDER] }));
		this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
	}

	async setup() {}

	handleTestEvent({ name }) {
		// Before jest takes the time of the file: a test may have set the clock.
		if (name === 'run_finish') this.moduleMocker.restoreAllMocks();
	}

	async teardown() {
		disableStorages();
		this.fakeTimersModern.dispose();
		globalThis.console = this.#console;
		Object.assign(process, this.#process);
		for (const name of Object.keys(process.env)) delete process.env[name];
		Object.assign(process.env, this.#env);
		delete globalThis.__coverage__;
	}

	exportConditions() {
		return ['node', 'node-addons'];
	}

	getVmContext() {
		return THIS_REALM;
	}
};
