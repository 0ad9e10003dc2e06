#!/usr/bin/env node
/** Runs the sources of a checkout as they are now, or what was built for the package. */
const { existsSync } = require('node:fs');
const { join } = require('node:path');

if (existsSync(join(__dirname, 'bedrock-access.ts'))) {
  require('tsx/cjs');
  require('./bedrock-access.ts');
} else {
  require('../dist/bin/bedrock-access.js');
}
