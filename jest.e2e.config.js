const fast = require('./jest.config.js');

/** The real CDK CLI against third-party accounts on the loopback, one for each file: `npm run e2e`. */
module.exports = {
  ...fast,
  testMatch: ['**/*.e2e.ts'],
  testTimeout: 120_000,
  maxWorkers: 2,
  globalSetup: './test/e2e/say-what-runs.ts',
};
