const { availableParallelism } = require('node:os');

// The AWS SDK's notice about Node 22 would stand between the results of every file that loads it.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

// esbuild would keep a thread and a program for each test file; without its thread it ends with each build.
process.env['ESBUILD_WORKER_THREADS'] = '0';

// CDK's own validation of templates starts an engine for seconds; `test/slow/strict-synth.slow.ts` turns it on.
process.env['CDK_VALIDATION'] = 'false';

/** swc strips the types; `npm run check` is what checks them. */
module.exports = {
  testEnvironment: 'node',
  globalSetup: './test/stacks/share-assemblies.ts',
  // Many tests wait for programs or for time, so two cores can serve three workers.
  maxWorkers: Math.max(3, availableParallelism()),
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Some tests run whole commands, bundle and sandbox: how long that takes is no fact about them.
  testTimeout: 60_000,
  transform: { '\\.m?[jt]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
};
