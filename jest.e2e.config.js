const fast = require('./jest.config.js');

/** The real CDK CLI against a third-party account on the loopback, one file at a time: `npm run e2e`. */
module.exports = {
  ...fast,
  testMatch: ['**/*.e2e.ts'],
  testTimeout: 120_000,
  maxWorkers: 1,
  globalSetup: './test/e2e/say-what-runs.ts',
};
