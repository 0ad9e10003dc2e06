const fast = require('./jest.config.js');

/** Whole programs and everything that takes seconds: `npm run test:slow`, and CI. */
module.exports = { ...fast, testMatch: ['**/*.slow.ts'], testTimeout: 120_000, maxWorkers: '100%' };
