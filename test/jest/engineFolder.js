'use strict';

const { join } = require('node:path');

/** Where the tests take n8n's engine from: of the newest n8n, or of the oldest that is supported. */
module.exports =
	process.env.N8N_ENGINE === 'oldest'
		? (process.env.ENGINE_DIR ?? join(__dirname, '../../host/oldest/engine'))
		: join(__dirname, '../..');
