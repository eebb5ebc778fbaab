'use strict';

const { runCLI } = require('jest');

// Whether the unit tests below some paths pass. This process stays warm, since loading n8n takes longer than most
// tests. Plain JavaScript: what lets Node.js load TypeScript would come between it and jest.
process.on('message', ({ root, paths }) => {
	const options = {
		_: paths,
		$0: 'mutants',
		bail: 1,
		ci: true,
		reporters: [],
		runInBand: true,
		selectProjects: ['unit'],
		silent: true,
	};
	runCLI(options, [root]).then(
		({ results }) => process.send(results.success && results.numTotalTests > 0),
		() => process.send(false),
	);
});

// Whoever started this has been stopped.
process.on('disconnect', () => process.exit());
