#!/usr/bin/env node
/** Runs the TypeScript sources of a checkout, or the built files of the installed package. */
const { existsSync } = require('node:fs');
const { join } = require('node:path');

if (existsSync(join(__dirname, 'bedrock-access.ts'))) {
  try {
    require.resolve('tsx/cjs');
  } catch {
    console.error('✗ the packages are not installed; run npm ci first');
    process.exit(3);
  }
  require('tsx/cjs');
  require('./bedrock-access.ts');
} else {
  require('../dist/bin/bedrock-access.js');
}
