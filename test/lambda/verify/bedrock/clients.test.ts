import { bedrockClient, modelCalls } from '../../../../lambda/verify/bedrock/clients';

const SET = { AWS_RETRY_MODE: 'adaptive', AWS_MAX_ATTEMPTS: '10' };
const before = { ...process.env };
beforeAll(() => Object.assign(process.env, SET));
afterAll(() => {
  process.env = before;
});

test('the client of Bedrock makes one attempt, whatever the environment variables are', async () => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' };
  const { config } = bedrockClient('us-east-1', credentials, modelCalls(), false);
  const mode = typeof config.retryMode === 'function' ? await config.retryMode() : config.retryMode;
  expect([await config.maxAttempts(), mode]).toEqual([1, 'standard']);
});
