import { bedrockClient, modelCalls, shortCalls, stsClient } from '../../../lambda/verify/clients';

const SET = { AWS_RETRY_MODE: 'adaptive', AWS_MAX_ATTEMPTS: '10' };
const before = { ...process.env };
beforeAll(() => Object.assign(process.env, SET));
afterAll(() => {
  process.env = before;
});

test.each([
  ['STS', () => stsClient('us-east-1', shortCalls())],
  [
    'Bedrock',
    () =>
      bedrockClient('us-east-1', { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' }, modelCalls(), false),
  ],
])('the client of %s makes one attempt, whatever the environment says', async (_, make) => {
  const { config } = make();
  const mode = typeof config.retryMode === 'function' ? await config.retryMode() : config.retryMode;
  expect([await config.maxAttempts(), mode]).toEqual([1, 'standard']);
});
