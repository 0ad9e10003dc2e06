import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProbeResult, VerificationResult } from '../../../lambda/verify/result';
import { runFunction } from '../../../lib/cli/run-function';
import { bundleFunction } from '../../../lib/constructs/bundle-function';
import { eventFrame } from '../../../lib/sandbox/converse/event-frame';
import { type LoopbackServer, listenOnLoopback } from '../../../lib/sandbox/transport/listen-on-loopback';
import type { ReceivedRequest } from '../../../lib/sandbox/transport/received-request';
import type { Reply } from '../../../lib/sandbox/transport/reply';
import { parametersOf, profileArn, roleArn } from './account';

const PARAMETERS = [
  ...parametersOf('shop', 'main', {
    probes: ['text', 'system', 'turns', 'sampling', 'stream', 'tools', 'image', 'document', 'cache'],
    sampling: { inferenceConfig: { temperature: 0.5 } },
    forcedTool: true,
    cacheTokens: 1024,
  }),
  ...parametersOf('shop', 'vectors', {
    modelId: 'amazon.titan-embed-text-v2:0',
    routing: 'regional',
    systemProfileId: undefined,
    probes: ['embed'],
    vectorLength: 1024,
  }),
];
const OWN = [profileArn('shop', 'main'), profileArn('shop', 'vectors')];

const folder = mkdtempSync(join(tmpdir(), 'bundle-probes-'));
let server: LoopbackServer;
let wrong = false;

beforeAll(async () => {
  bundleFunction('verify', folder);
  server = await listenOnLoopback(async (request) => answer(request), 0);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const json = (body: unknown, status = 200, headers = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
const refusal = (status: number, error: string, message: string): Reply =>
  json({ message }, status, { 'x-amzn-errortype': error });

/** Answers for all of AWS. The application may call its own two profiles. */
function answer({ path, headers, body }: ReceivedRequest): Reply {
  if (headers.has('x-amz-target')) {
    return json({ Parameters: PARAMETERS.map(({ name, value }) => ({ Name: name, Value: value })) });
  }
  if (path === '/') {
    const keys = '<AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>';
    const credentials = `<Credentials>${keys}<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`;
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<AssumeRoleResponse><AssumeRoleResult>${credentials}</AssumeRoleResult></AssumeRoleResponse>`,
    };
  }
  const [, , target = '', operation] = path.split('/').map(decodeURIComponent);
  return OWN.includes(target) && !headers.get('authorization')?.[0]?.startsWith('Bearer')
    ? bedrock(String(operation), body.toString())
    : refusal(
        403,
        'AccessDeniedException',
        `User: u is not authorized to perform: bedrock:InvokeModel on resource: ${target} because no identity-based policy allows the bedrock:InvokeModel action`,
      );
}

const usage = { inputTokens: 9, outputTokens: 2, totalTokens: 11 };

/** Answers for Bedrock. If `wrong` is true, all answers but the shortest text are unusable for an application. */
function bedrock(operation: string, body: string): Reply {
  if (operation === 'invoke') {
    return json({ embedding: Array(wrong ? 3 : 1024).fill(0.1), inputTextTokenCount: 1 });
  }
  if (operation === 'converse-stream') {
    return {
      status: 200,
      headers: { 'content-type': 'application/vnd.amazon.eventstream' },
      body: [
        eventFrame('messageStart', { role: 'assistant' }),
        eventFrame('contentBlockDelta', { delta: { text: 'ok' }, contentBlockIndex: 0 }),
        eventFrame('contentBlockStop', { contentBlockIndex: 0 }),
        eventFrame('messageStop', { stopReason: 'end_turn' }),
        eventFrame('metadata', { metrics: { latencyMs: 1 }, ...(!wrong && { usage }) }),
      ],
    };
  }
  if (wrong && body.includes('"temperature"')) {
    return refusal(400, 'ValidationException', 'temperature is deprecated for this model.');
  }
  if (wrong && (body.includes('"format":"xls"') || body.includes('"format":"gif"'))) {
    return refusal(400, 'ValidationException', 'The provided file could not be read.');
  }
  const calls = body.includes('toolChoice');
  const content = calls ? [{ toolUse: { toolUseId: 'a', name: 'echo', input: {} } }] : [{ text: 'ok' }];
  const mute = wrong && (body.includes('toolResult') || body.includes('one word'));
  return json({
    output: { message: { role: 'assistant', content: mute ? [] : content } },
    stopReason: calls ? 'tool_use' : 'end_turn',
    usage: { ...usage, ...(!wrong && body.includes('cachePoint') && { cacheReadInputTokens: 1300 }) },
  });
}

async function allowedProbes(): Promise<readonly ProbeResult[]> {
  const answered = await runFunction({
    function: {
      name: 'dev_verification',
      roleArn: '',
      handler: 'index.handler',
      timeoutSeconds: 60,
      environment: {
        ENVIRONMENT: 'dev',
        PROBE_ROLE_ARN: roleArn('{application}', 'probe'),
        POLICIES_PROBE_ROLE_ARN: roleArn('{application}', 'policies'),
        DECOY_PROFILE_ARN: 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/decoy',
      },
      codeDirectory: folder,
    },
    region: 'us-east-1',
    endpointUrl: `http://127.0.0.1:${server.port}`,
    session: { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' },
    event: { spreading: false },
    onLog: () => {},
    signal: new AbortController().signal,
  });
  if ('error' in answered) {
    throw new Error(answered.error);
  }
  const { probes } = answered.result as VerificationResult;
  return probes.filter(({ expected }) => expected === 'allowed');
}

test('with the real bundle, each probe that works is allowed', async () => {
  wrong = false;
  const probes = await allowedProbes();
  expect(probes.map(({ alias, probe, outcome }) => `${alias} ${probe} ${outcome}`)).toEqual([
    'main text allowed',
    'main system allowed',
    'main turns allowed',
    'main sampling allowed',
    'main stream allowed',
    'main tools allowed',
    'main image allowed',
    'main document allowed',
    'main cache allowed',
    'main control allowed',
    'vectors embed allowed',
  ]);
  expect(probes.find(({ probe }) => probe === 'cache')).toMatchObject({ inputTokens: 18, cacheReadTokens: 2600 });
  expect(probes.find(({ probe }) => probe === 'embed')).toMatchObject({ vectorLength: 1024 });
}, 30_000);

test('an unusable answer is not allowed, and each cause is a sentence', async () => {
  wrong = true;
  const probes = await allowedProbes();
  expect(probes.map(({ alias, probe, outcome }) => `${alias} ${probe} ${outcome}`)).toEqual([
    'main text allowed',
    'main system inconclusive',
    'main turns allowed',
    'main sampling inconclusive',
    'main stream inconclusive',
    'main tools inconclusive',
    'main image inconclusive',
    'main document inconclusive',
    'main cache inconclusive',
    'main control allowed',
    'vectors embed inconclusive',
  ]);
  const causes = Object.fromEntries(probes.map(({ probe, cause }) => [probe, cause]));
  expect(causes).toMatchObject({
    system: 'the answer contains no text; its stop reason is end_turn',
    stream: 'the answer does not contain the numbers of tokens',
    tools: 'the answer contains no text; its stop reason is end_turn',
    image: 'the model refuses images in the format gif',
    document: 'the model refuses documents in the format xls',
    embed: 'the vector has 3 numbers instead of 1024',
    cache: expect.stringMatching(/^3 requests had the same prefix, and none after the first read the cache/),
  });
  expect(probes.filter(({ passes }) => passes).map(({ probe }) => probe)).toEqual(['cache']);
}, 30_000);
