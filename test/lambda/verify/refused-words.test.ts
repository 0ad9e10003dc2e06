import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProbeResult, VerificationResult } from '../../../lambda/verify/result';
import { runFunction } from '../../../lib/cli/run-function';
import { bundleFunction } from '../../../lib/constructs/bundle-function';
import { type LoopbackServer, listenOnLoopback } from '../../../lib/sandbox/transport/listen-on-loopback';
import type { ReceivedRequest } from '../../../lib/sandbox/transport/received-request';
import type { Reply } from '../../../lib/sandbox/transport/reply';
import { parametersOf, roleArn } from './account';

const PROMPT = 'Reply with the word ok.';
const TOOL = 'Call the tool echo with the word ok, then reply with the word it gives back.';
const GUARDRAIL = 'abcdefgh1234';
const escaped = [...PROMPT].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** Probe that is refused, and the words of AWS or of an attacker between them. */
interface Case {
  readonly probe?: string;
  readonly guarded?: true;
  readonly status?: number;
  readonly name?: string;
  /** The message, from the body of the request that is refused. */
  readonly message: string | ((body: string) => string);
  /** Words that the result must carry. */
  readonly carries?: string;
  /** Words, in lower case and without spaces, that it must not carry. */
  readonly hides?: readonly string[];
  /** Words of the next step. */
  readonly remedy?: string;
}

const IN_WORDS = ['replywith', 'thewordok'];
const DATA_RETENTION = "data retention mode 'default' is not available for this model";

const CASES: Readonly<Record<string, Case>> = {
  // Words of AWS, which stay as they are.
  retention: { message: DATA_RETENTION, carries: DATA_RETENTION, remedy: 'PutAccountDataRetention' },
  'on-demand': {
    message:
      "Invocation of model ID acme.large with on-demand throughput isn't supported. Retry your request with the ID or ARN of an inference profile that contains this model.",
    carries: "with on-demand throughput isn't supported. Retry your request with the ID or ARN of an inference profile",
    remedy: 'set the routing of the alias',
  },
  'end-of-life': {
    status: 404,
    name: 'ResourceNotFoundException',
    message:
      'This model version has reached the end of its life. Please refer to the AWS documentation for more details.',
    carries: 'This model version has reached the end of its life.',
    remedy: 'move the alias to an active model',
  },
  'use-case': {
    status: 404,
    name: 'ResourceNotFoundException',
    message:
      'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model.',
    carries: 'Model use case details have not been submitted for this account.',
    remedy: 'submit the use-case form',
  },
  identifier: {
    message: 'The provided model identifier is invalid.',
    carries: 'The provided model identifier is invalid.',
  },
  unknown: {
    message: 'The requested operation is not recognized by the service, ref 7f3a.',
    carries: 'The requested operation is not recognized by the service, ref 7f3a.',
    remedy: 'compare the message',
  },
  maximum: {
    message:
      'The maximum tokens you requested exceeds the model limit of 8. Try again with a maximum tokens value that is lower than 8.',
    carries: 'The maximum tokens you requested exceeds the model limit of 8.',
  },
  marketplace: {
    status: 403,
    name: 'AccessDeniedException',
    message:
      'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions).',
    carries: 'Model access is denied due to IAM user or service role',
    remedy: 'Subscribe',
  },
  again: { probe: 'turns', message: 'Please try again later, ok?', carries: 'Please try again later, ok?' },
  words: {
    probe: 'cache',
    message: 'Retry at a later time: this is the case in part of the week, with the model of the call.',
    carries: 'Retry at a later time: this is the case in part of the week, with the model of the call.',
  },
  teapot: {
    status: 418,
    name: 'BrandNewException',
    message: 'Something that nobody knows yet.',
    carries: 'Something that nobody knows yet.',
  },
  // Words that repeat what was sent.
  echo: { message: `Refused: ${PROMPT}`, carries: 'Refused: […]', hides: IN_WORDS },
  capitals: { message: `Refused: ${PROMPT.toUpperCase()}`, carries: 'Refused: […]', hides: IN_WORDS },
  body: { message: (body) => `Malformed: ${body}`, carries: 'Malformed: ', hides: IN_WORDS },
  'body-twice': { message: (body) => `Malformed: ${JSON.stringify(JSON.stringify(body))}`, hides: IN_WORDS },
  pieces: {
    message: 'Refused: "Reply with" and then "the word ok."',
    carries: 'Refused: "[…]" and then "[…]',
    hides: IN_WORDS,
  },
  unicode: { message: `Refused: ${escaped}`, carries: 'Refused: […]', hides: IN_WORDS },
  entities: { message: `Refused: ${[...PROMPT].map((c) => `&#${c.charCodeAt(0)};`).join('')}`, hides: IN_WORDS },
  url: { message: `Refused: ${encodeURIComponent(PROMPT)}`, carries: 'Refused: […]', hides: IN_WORDS },
  spaced: { message: `Refused: ${[...PROMPT].join(' ')}`, carries: 'Refused: ', hides: IN_WORDS },
  'zero-width': { message: `Refused: ${[...PROMPT].join('\u200b')}`, carries: 'Refused: […]', hides: IN_WORDS },
  'full-width': {
    message: `Refused: ${[...PROMPT].map((c) => (c === ' ' ? c : String.fromCharCode(c.charCodeAt(0) + 0xfee0))).join('')}`,
    carries: 'Refused: […]',
    hides: IN_WORDS,
  },
  underscores: { message: `Refused: ${PROMPT.replaceAll(' ', '_')}`, hides: IN_WORDS },
  system: {
    probe: 'system',
    message: (body) => `You ANSWER with one word: ${body}`,
    hides: ['youanswer', 'oneword', ...IN_WORDS],
  },
  turns: { probe: 'turns', message: (body) => body.replaceAll('"', "'"), hides: [...IN_WORDS, "'again"] },
  tool: {
    probe: 'tools',
    message: `The tool 'echo' with the argument word: ${TOOL}`,
    carries: '[…] argument […]',
    hides: ['echo', 'callthetool', 'givesback'],
  },
  'tool-body': { probe: 'tools', message: (body) => body, hides: ['echo', 'callthetool', 'givesback'] },
  guardrail: {
    guarded: true,
    message: `The guardrail ${GUARDRAIL} has no such version.`,
    carries: 'The guardrail […] has no such version.',
    hides: [GUARDRAIL],
  },
  'guardrail-arn': {
    guarded: true,
    message: `arn:aws:bedrock:us-east-1:111122223333:guardrail/${GUARDRAIL} was not understood`,
    hides: [GUARDRAIL],
  },
  image: {
    probe: 'image',
    message: (body) => `Bytes: ${/"bytes":"([^"]+)"/.exec(body)?.[1]}`,
    carries: 'Bytes: […]',
    hides: ['ivborw0kgg'],
  },
  'image-piece': {
    probe: 'image',
    message: (body) => `Bytes ${/"bytes":"([^"]+)"/.exec(body)?.[1]?.slice(3, 60)} end`,
    carries: 'Bytes […] end',
  },
  'image-hex': {
    probe: 'image',
    message: (body) => `Bytes ${Buffer.from(/"bytes":"([^"]+)"/.exec(body)?.[1] ?? '', 'base64').toString('hex')} end`,
    hides: ['89504e470d0a'],
  },
  document: {
    probe: 'document',
    message: (body) => `Names: ${body.match(/document \d/g)?.join()}`,
    carries: 'Names: […]',
    hides: ['document1'],
  },
  'cache-prefix': { probe: 'cache', message: (body) => body.slice(-3_000), hides: ['timeyearway', 'partcaseweek'] },
  embedding: {
    probe: 'embed',
    message: (body) => `Schema violation: ${body}`,
    carries: 'Schema violation: ',
    hides: [':"ok'],
  },
  stream: { probe: 'stream', message: `Refused: ${PROMPT}`, carries: 'Refused: […]', hides: IN_WORDS },
  // Words that harm whoever shows them.
  terminal: {
    message: '\u001b[31mRed\u001b[0m \u001b]0;title\u0007\u001b[2J\u009b5mend\u0000\u0007\u0008\u007f\u0085.',
    carries: 'Red ',
    hides: ['[31m', '[2j', '5mend'],
  },
  bidi: { message: 'safe \u202eevil\u202c \u2066x\u2069 \u200f\u061c end', carries: 'safe evil' },
  surrogates: { message: `lone \ud800 and \udc00, ${'😀'.repeat(300)}`, carries: 'lone' },
  lines: { message: 'one\r\ntwo\u2028three\u2029four\u000bfive', carries: 'one two three four five' },
  huge: { message: (body) => `${'Refused. '.repeat(12_000)}${body}`, carries: 'Refused. Refused.', hides: IN_WORDS },
  'huge-echo': { message: `Refused: ${`${PROMPT} `.repeat(5_000)}`, carries: 'Refused: […]', hides: IN_WORDS },
  html: { status: 400, message: `<html><body onload="alert(1)"><p>${PROMPT}</p></body></html>`, hides: IN_WORDS },
  injected: { message: '::error::stop\n\n| a | b |\n```\n<!-- marker -->', carries: '::error::stop' },
  credentials: {
    message: `bad token ASIAIOSFODNN7EXAMPLE x-amz-security-token:${'FwoGZXIvYXdzE'.repeat(20)}`,
    hides: ['asiaiosfodnn7', 'fwogzxivyxdze'],
  },
  // The name of an error and the id of a request come from outside, too.
  'name-echo': { name: PROMPT, message: 'Refused.', carries: 'Refused.' },
  'name-joined': { name: 'ReplyWithTheWordOkException', message: 'Refused.', carries: 'Refused.' },
  'name-terminal': { name: 'Odd%1b[31mException<script>', message: 'Refused.', carries: 'Refused.' },
  'name-huge': { name: 'x'.repeat(5_000), message: 'Refused.', carries: 'Refused.' },
  empty: { message: '' },
  'throttled-echo': {
    status: 429,
    name: 'ThrottlingException',
    message: `Too many: ${PROMPT}`,
    carries: 'Too many: […]',
    hides: IN_WORDS,
  },
};

const SETTINGS = { probes: ['text'], forcedTool: true, cacheTokens: 1024 };
const PARAMETERS = Object.entries(CASES).flatMap(([alias, { probe = 'text', guarded }]) =>
  parametersOf('shop', alias, {
    ...SETTINGS,
    ...(probe === 'embed' && {
      modelId: 'amazon.titan-embed-text-v2:0',
      routing: 'regional',
      systemProfileId: undefined,
    }),
    probes: [probe],
    ...(guarded && { guardrail: { id: GUARDRAIL, version: '1' } }),
  }).map((parameter) => ({
    ...parameter,
    value:
      guarded && parameter.name.endsWith('.json')
        ? JSON.stringify({ ...JSON.parse(parameter.value), guardrail: { id: GUARDRAIL, version: '1' } })
        : parameter.value,
  })),
);

const folder = mkdtempSync(join(tmpdir(), 'refused-words-'));
let server: LoopbackServer;
let probes: readonly ProbeResult[];

const json = (body: unknown, status = 200, headers = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

function answer({ path, headers, body }: ReceivedRequest): Reply {
  if (headers.has('x-amz-target')) {
    return json({ Parameters: PARAMETERS.map(({ name, value }) => ({ Name: name, Value: value })) });
  }
  if (path === '/') {
    const keys = '<AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>';
    const credentials = `<Credentials>${keys}<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`;
    const result = `<AssumeRoleResponse><AssumeRoleResult>${credentials}</AssumeRoleResult></AssumeRoleResponse>`;
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: result };
  }
  const alias = decodeURIComponent(path.split('/')[2] ?? '').split('/shop-')[1] ?? '';
  const { message = 'x', status = 400, name = 'ValidationException' } = CASES[alias] ?? {};
  const words = typeof message === 'string' ? message : message(body.toString());
  return json({ message: words }, status, { 'x-amzn-errortype': name });
}

beforeAll(async () => {
  bundleFunction('verify', folder);
  server = await listenOnLoopback(async (request) => answer(request), 0);
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
  ({ probes } = answered.result as VerificationResult);
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const HARMFUL = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\u200b-\u200f]/u;

test.each(Object.entries(CASES))(
  'the words of a refusal are shown clean: %s',
  (alias, { probe = 'text', carries, hides = [], remedy }) => {
    const result = probes.find((p) => p.alias === alias && p.probe === probe);
    const message = result?.error?.message ?? '';
    expect(result?.outcome).not.toBe('allowed');
    expect([...message].length).toBeLessThanOrEqual(200);
    expect(JSON.stringify(Object.values(result ?? {}))).not.toMatch(HARMFUL);
    expect(message).not.toMatch(HARMFUL);
    if (carries !== undefined) {
      expect(message).toContain(carries);
    }
    const squashed = message.toLowerCase().replace(/[\s_]/g, '');
    expect(hides.filter((words) => squashed.includes(words))).toEqual([]);
    expect(result?.remedy).toContain(remedy ?? '');
    expect(result?.error?.name).toMatch(/^[\w.:-]{0,80}$/);
    expect(result?.error?.name).not.toMatch(/reply_?with/i);
  },
);

test('a call that must be denied carries the words of its refusal too', () => {
  const refused = probes.filter(({ expected, error }) => expected === 'denied' && error !== undefined);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.filter(({ error }) => error?.message === '')).toEqual([]);
});
