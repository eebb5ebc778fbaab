'use strict';

// Directus runs scripts of its flows in this, and loads it at its start. The real one has to be
// compiled, which its version fails to with Node.js 24, and no test here runs a script.
module.exports = {};
