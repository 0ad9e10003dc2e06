import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { schemas } from '../../../lib/report/schemas';
import { AwsError } from '../../../lib/sandbox/aws-error';
import { restError } from '../../../lib/sandbox/transport/rest-error';
import { ANYTHING, allow, MODEL } from '../../sandbox/small-account';
import { run } from '../run';
import { type Intercept, type Measuring, measure } from './latency-account';

const US = `us.${MODEL}`;
const ajv = new Ajv({ strict: false });
const isDocument = ajv.compile(schemas()['region-latency-output.schema.json'] as object);

const slow =
  (...targets: readonly string[]): Intercept =>
  async (target, _, answer) => {
    await new Promise((resolve) => setTimeout(resolve, targets.includes(target) ? 150 : 0));
    return answer();
  };

/** Answers one target with an error, on the calls that `when` names. */
const failing =
  (failed: string, error: AwsError, when: (call: number) => boolean = () => true): Intercept =>
  async (target, call, answer) =>
    target === failed && when(call) ? restError(error) : answer();

/** Drops the last frames of a stream, like a lost connection. */
const cutting =
  (cut: string, frames: number, when: (call: number) => boolean = () => true): Intercept =>
  async (target, call, answer) => {
    const reply = await answer();
    return target === cut && when(call)
      ? { ...reply, body: (reply.body as readonly Uint8Array[]).slice(0, frames) }
      : reply;
  };

interface Shown {
  readonly exitCode: number;
  /** Number of calls with a complete answer, by routing. */
  readonly answered: Readonly<Record<string, number>>;
  readonly closest: readonly (readonly string[])[];
  readonly routings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly called: readonly string[];
}

async function measured(measuring: Measuring): Promise<Shown> {
  const { exitCode, out, err, called } = await measure(measuring, '--json');
  expect(err).toBe('');
  const document = JSON.parse(out);
  expect([isDocument(document), isDocument.errors]).toEqual([true, null]);
  expect(document.exitCode).toBe(exitCode);
  type Routing = { readonly target: string; readonly answered: number };
  const all: readonly Routing[] = document.models.flatMap((m: { routings: Routing[] }) => m.routings);
  return {
    exitCode,
    called,
    answered: Object.fromEntries(all.map((r) => [r.target, r.answered])),
    closest: document.models.map((m: { closest: string[] }) => m.closest),
    routings: Object.fromEntries(all.map((r) => [r.target, { ...r }])),
  };
}

test('each routing has a warm-up call and five counted calls, in rounds', async () => {
  const { exitCode, called, answered } = await measured({});
  expect({ exitCode, answered }).toEqual({ exitCode: 0, answered: { [MODEL]: 5, [US]: 5 } });
  expect(called).toEqual(Array.from({ length: 6 }, () => [MODEL, US]).flat());
});

test.each([
  ['regional', slow(US), [['regional']]],
  ['us', slow(MODEL), [['us']]],
])('the much faster routing is closest: %s', async (_, intercept, closest) => {
  expect((await measured({ intercept })).closest).toEqual(closest);
});

test('the text shows the times, the costs and the closest routing', async () => {
  const { exitCode, out, err } = await measure({ intercept: slow(US) });
  expect([exitCode, err]).toEqual([0, '']);
  expect(out.replace(/ +\d+ +\d+ +\d+ /g, ' # # # ')).toMatchInlineSnapshot(`
"✓ dev: 2 routings of 1 chat model measured.
Real calls from this machine to us-east-1, with your own credentials in 111122223333.

  model                  routing   median  slowest  whole  answered   est. USD
  amazon.nova-lite-v1:0  regional # # #  5 of 5    $0.000025
  amazon.nova-lite-v1:0  us # # #  5 of 5    $0.000025

Median and slowest: milliseconds to the first token. Whole: median milliseconds to the end of the answer. The warm-up call is not counted.

  amazon.nova-lite-v1:0: regional is closest

Estimated at list price: $0.000050."
`);
});

test('only the routings in limits.routing are called, and no embedding models', async () => {
  const embed = { model: 'amazon.titan-embed-text-v2:0', routing: 'regional' };
  const haiku = { model: 'anthropic.claude-haiku-4-5-20251001-v1:0', routing: 'us' };
  const { called } = await measured({
    models: { embed, haiku, again: haiku },
    limits: { routing: ['regional', 'us'] },
  });
  expect(new Set(called)).toEqual(new Set([`us.${haiku.model}`]));
  expect(called).toHaveLength(6);
});

test('a denied routing is called once and shown with the action and the ARN, and the others are measured', async () => {
  const statements = [
    allow('bedrock:InvokeModelWithResponseStream', `arn:aws:bedrock:us-east-1::foundation-model/${MODEL}`),
  ];
  const { exitCode, answered, closest, routings, called } = await measured({ statements });
  expect({ exitCode, answered, closest }).toEqual({
    exitCode: 3,
    answered: { [MODEL]: 5, [US]: 0 },
    closest: [['regional']],
  });
  expect(called.filter((c) => c === US)).toHaveLength(1);
  expect(routings[US]).toMatchObject({
    estimatedUsd: 0,
    medianFirstTokenMilliseconds: null,
    problem: {
      deniedAction: 'bedrock:InvokeModelWithResponseStream',
      deniedArn: `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${US}`,
    },
  });
  const { out } = await measure({ statements });
  expect(out).toContain('! dev: 1 of 2 routings of 1 chat model could not be measured in full.');
  expect(out).toContain(`${MODEL}: only regional was measured; us could not be compared`);
  expect(out).toContain(
    `✗ ${MODEL} us: your credentials are not allowed to call it\n    called   ${US}\n    denied   bedrock:InvokeModelWithResponseStream on arn:aws:bedrock:us-east-1:111122223333:inference-profile/${US}\n`,
  );
});

test('the policy statement of docs/region-latency.md is enough', async () => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'region-latency.md'), 'utf8');
  const statement = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
  expect(await measured({ statements: [statement] })).toMatchObject({ exitCode: 0, answered: { [MODEL]: 5, [US]: 5 } });
});

const THROTTLED = new AwsError(429, 'ThrottlingException', 'Too many requests, please wait before trying again.');

test('a throttled call is retried and shown', async () => {
  const { exitCode, answered, routings, called } = await measured({
    intercept: failing(US, THROTTLED, (call) => call === 3),
  });
  expect({ exitCode, answered }).toEqual({ exitCode: 0, answered: { [MODEL]: 5, [US]: 5 } });
  expect(routings[US]).toMatchObject({ throttles: 1 });
  expect(called.filter((c) => c === US)).toHaveLength(7);
  const { out } = await measure({ intercept: failing(US, THROTTLED, (call) => call === 3) });
  expect(out).toContain(`! ${MODEL} us: throttled once, then answered\n`);
});

test('a failed warm-up is shown, and its routing is measured', async () => {
  const { exitCode, out } = await measure({ intercept: cutting(US, 1, (call) => call === 1) });
  expect(exitCode).toBe(0);
  expect(out).toContain(
    `! ${MODEL} us: 5 of 5 calls gave a complete answer; the warm-up call failed\n    called   ${US}\n    answer   the stream ended early; of messageStart, messageStop and metadata, it contained messageStart\n`,
  );
});

test('a throttled call is tried three times, and a routing is given up after two such calls', async () => {
  const { exitCode, answered, routings, called } = await measured({ intercept: failing(US, THROTTLED) });
  expect({ exitCode, answered }).toEqual({ exitCode: 3, answered: { [MODEL]: 5, [US]: 0 } });
  expect(routings[US]).toMatchObject({
    throttles: 6,
    problem: { message: 'ThrottlingException: Too many requests, please wait before trying again.' },
  });
  expect(called.filter((c) => c === US)).toHaveLength(6);
});

test.each([
  ['the stream ended early; of messageStart, messageStop and metadata, it contained messageStart, messageStop', -1],
  ['the stream ended early; of messageStart, messageStop and metadata, it contained messageStart', 2],
  ['the stream ended early; of messageStart, messageStop and metadata, it contained none', 0],
])('a stream that ends early is no sample: %s', async (message, frames) => {
  const { exitCode, answered, closest, routings } = await measured({ intercept: cutting(US, frames) });
  expect({ exitCode, answered, closest }).toEqual({
    exitCode: 3,
    answered: { [MODEL]: 5, [US]: 0 },
    closest: [['regional']],
  });
  expect(routings[US]).toMatchObject({ problem: { message } });
});

test('four samples are compared when one stream ends early, with exit code 3', async () => {
  const once = cutting(US, 2, (call) => call === 4);
  const { exitCode, answered, closest } = await measured({
    intercept: (target, call, answer) => once(target, call, () => slow(MODEL)(target, call, answer)),
  });
  expect({ exitCode, answered, closest }).toEqual({
    exitCode: 3,
    answered: { [MODEL]: 5, [US]: 4 },
    closest: [['us']],
  });
});

test.each([
  [404, 'ResourceNotFoundException', 'Model use case details have not been submitted.', 'once'],
  [400, 'ValidationException', 'too long '.repeat(500), 'once'],
  [400, 'ValidationException', `Refused: Reply with the word ok. ${'x'.repeat(5_000)}`, 'once'],
  [500, 'InternalServerException', 'later', 'twice'],
] as const)('an answer %i %s is shown at bounded length, and lasts or passes', async (status, code, message, times) => {
  const intercept = failing(US, new AwsError(status, code, message));
  const { exitCode, called, routings } = await measured({ intercept });
  expect([exitCode, called.filter((c) => c === US).length]).toEqual([3, times === 'once' ? 1 : 2]);
  const shown = message.length > 200 ? `${message.slice(0, 199)}…` : message;
  const clean = message.includes('xxx') ? 'Refused: […]. [removed]' : shown;
  expect(routings[US]).toMatchObject({ problem: { message: `${code}: ${clean}` } });
});

test('the text of AWS about a wrong signature, which quotes the request, is not shown', async () => {
  const error = new AwsError(403, 'InvalidSignatureException', 'The Canonical String … x-amz-security-token:SECRET');
  const { out } = await measure({ intercept: failing(US, error) });
  expect(out).toContain('answer   InvalidSignatureException\n');
  expect(out).not.toContain('SECRET');
});

test('a bearer token in the environment variables is not used, because it may belong to another account', async () => {
  const { exitCode } = await measured({ variables: { AWS_BEARER_TOKEN_BEDROCK: 'bedrock-api-key-x' } });
  expect(exitCode).toBe(0);
});

test.each<[string, Measuring, string]>([
  [
    'credentials of another account',
    { account: '444455556666' },
    '✗ the credentials belong to account 444455556666 (arn:aws:iam::111122223333:user/me), but dev is in account 111122223333; use credentials of that account',
  ],
  [
    'no credentials',
    {
      variables: {
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    },
    '✗ could not find out whose credentials these are: Could not load credentials from any providers; sign in',
  ],
])('%s: exit code 3, one line, and no call of a model', async (_, measuring, message) => {
  const { exitCode, out, err, called } = await measure(measuring);
  expect([exitCode, out, called]).toEqual([3, '', []]);
  expect(err.split('\n')).toEqual([expect.stringContaining(message)]);
});

test.each([
  [['--local'], 'local'],
  [['--assembly', 'cdk.out'], 'assembly'],
  [['--reading', 'every'], 'reading'],
  [['--fault', 'throttle:0.3'], 'fault'],
])('%s is wrong usage, because the sandbox has no distances', async (flags, flag) => {
  expect(await run(['verify', 'dev', '--region-latency', ...flags])).toEqual({
    exitCode: 2,
    out: '',
    err: `✗ --region-latency times real calls to AWS, but --${flag} is for the sandbox, which runs on this machine: leave one of them out`,
  });
});

test('an environment without a chat model cannot be measured, and the command fails', async () => {
  const embed = { model: 'amazon.titan-embed-text-v2:0', routing: 'regional' };
  expect(await measure({ models: { embed } })).toEqual({
    exitCode: 2,
    out: '',
    err: '✗ dev has no chat model: --region-latency times streams, which embedding models do not return',
    called: [],
  });
});

test('--out writes the document and the table', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-latency-out-'));
  const file = (ending: string): string => join(folder, `latency.${ending}`);
  try {
    const statements = [
      ANYTHING,
      { Effect: 'Deny', Action: '*', Resource: 'arn:aws:bedrock:*:*:inference-profile/us.*' },
    ];
    const { out } = await measure(
      { statements },
      '--json',
      ...['json', 'csv', 'md'].flatMap((e) => ['--out', file(e)]),
    );
    const read = (ending: string): string => readFileSync(file(ending), 'utf8');
    expect(JSON.parse(read('json'))).toEqual(JSON.parse(out));
    const [head, regional, us] = read('csv').split('\r\n');
    expect(head).toMatch(/^model,routing,target,closest,answered,medianFirstTokenMilliseconds,/);
    expect(regional).toMatch(new RegExp(`^${MODEL},regional,${MODEL},yes,5,\\d`));
    expect(us).toMatch(new RegExp(`^${MODEL},us,${US},,0,,,,0,0,bedrock:InvokeModelWithResponseStream,arn:`));
    expect(read('md')).toMatch(/^\| model \| routing /);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
