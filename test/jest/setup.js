'use strict';

const { dirname } = require('node:path');

/** npm may give n8n-core a copy of its own of this package, and the container lives in that one. */
const core = require.resolve('n8n-core', { paths: [require('./engineFolder')] });
const container = require.resolve('@n8n/di', { paths: [dirname(core)] });

// Loading n8n's engine takes a second: a worker does it once, and not for each test file.
for (const name of ['n8n-core', 'n8n-workflow', container]) {
	jest.mock(name, () => globalThis.requireOnce(name));
}
