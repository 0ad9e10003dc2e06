import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Outcome, ProbeResult } from '../../../lambda/verify/result';
import { FAULTED_OPERATIONS, type Fault, type FaultedOperation } from '../../../lib/sandbox/faults/fault';
import { FAULTS } from '../../../lib/sandbox/faults/faults';
import { type Sandbox, startSandbox } from '../../../lib/sandbox/start-sandbox';
import { ANYTHING, accountOf, EMBEDDING, GEOGRAPHIC, MODEL, role } from '../../sandbox/small-account';
import type { ProbeOrder } from './probe-process';

/** The result of a probe under a fault. */
interface Expected {
  /** Outcome and attempts of a call that must be allowed, if every call meets the fault. */
  readonly always: string;
  /** The same, if only the first call meets the fault. */
  readonly once: string;
  /** Cause if every call meets the fault. Empty if the fault does no harm. */
  readonly cause: string;
  /** Outcome of a call that must be denied but that IAM allows, like its control, if every call meets the fault. */
  readonly mustBeDenied: Outcome;
}

const row = (always: string, once: string, cause: string, mustBeDenied: Outcome = 'inconclusive'): Expected => ({
  always,
  once,
  cause,
  mustBeDenied,
});
/** A fault that may pass, so the call is retried twice. */
const passing = (cause: string): Expected => row('unavailable 3', 'allowed 2', cause);
/** A fault that stays until somebody acts. */
const standing = (cause: string): Expected => row('unavailable 1', 'unavailable 1', cause);
/** A fault that shows nothing about access, and is not retried. */
const unclear = (cause: string): Expected => row('inconclusive 1', 'inconclusive 1', cause);
/** A fault of the network: no whole answer arrives. */
const lost = (cause: string): Expected => row('inconclusive 3', 'allowed 2', cause);
/** An incomplete answer. It does not prove that an application can work, but it proves that a call was not denied. */
const flawed = (cause: string): Expected => row('inconclusive 1', 'inconclusive 1', cause, 'allowed');

const HARMLESS = row('allowed 1', 'allowed 1', '', 'allowed');
const BROKE = 'the connection broke before the whole answer had arrived';
const UNREADABLE = 'the answer could not be read as one from Bedrock';
const CUT = 'the answer was cut off, or is not an answer of Bedrock';
const UNCOUNTED = 'the answer does not contain the numbers of tokens';
const NO_CAPACITY = 'the service has no capacity for the call at the moment; no quota of the account is involved';
const REFUSED = /^no policy of the role allows bedrock:InvokeModel(WithResponseStream)? on /.source;

const each = (expected: Expected): Record<FaultedOperation, Expected> => ({
  Converse: expected,
  ConverseStream: expected,
  InvokeModel: expected,
});

/** Every fault and every operation. An operation that is missing must not meet the fault. */
const MATRIX: Readonly<Record<string, Partial<Record<FaultedOperation, Expected>>>> = {
  throttle: each(passing('the call was throttled')),
  'throttle-once': each(row('allowed 2', 'allowed 2', '', 'allowed')),
  'tokens-per-day': each(standing('the quota of tokens per day for this model is used up in this Region')),
  'not-ready': each(passing('the model is not ready for inference')),
  overloaded: each(passing('the model is overloaded; no quota of the account is involved')),
  'server-error': each(passing('the service failed')),
  unavailable: each(passing(NO_CAPACITY)),
  'model-timeout': each(row('unavailable 2', 'allowed 2', 'the model took too long to answer')),
  'model-error': each(passing('the model failed while it was answering')),
  quota: each(standing('a quota of the account is used up')),
  validation: each(unclear('the request was refused as invalid, which shows nothing about access')),
  sampling: each(unclear('the model accepts either temperature or top_p, and the request has both')),
  'on-demand': each(standing('the model can only be called through a system-defined inference profile')),
  'kms-key': each(standing('the KMS key of the guardrail or the model is disabled')),
  conflict: each(unclear('another change to the same resource was in progress')),
  denied: each(row('denied 1', 'denied 1', REFUSED, 'denied')),
  'denied-without-text': each(
    row('denied 1', 'denied 1', 'access was denied, but the message does not name the action', 'inconclusive'),
  ),
  'expired-session': each(unclear('the session has expired, so no policy was evaluated')),
  marketplace: each(standing('the account is not subscribed to this model in AWS Marketplace')),
  agreement: each(standing('the AWS Marketplace agreement for this model is still being created')),
  'not-found': each(unclear('Bedrock has no such profile or model in this Region')),
  'end-of-life': each(standing('the model has reached its end of life')),
  legacy: each(standing('the model is legacy, and this account has not called it for 15 days')),
  'use-case-form': each(standing("the provider's use-case form has not been submitted for this account")),
  'error-with-html': each(passing('the service failed')),
  reset: each(lost(BROKE)),
  close: each(lost(BROKE)),
  stall: each(lost('no answer arrived in time')),
  'stall-after-delta': each(lost('no answer arrived in time')),
  'reset-after-delta': each(lost(BROKE)),
  'slow-stream': each(HARMLESS),
  'empty-body': {
    Converse: unclear('the answer contains no message'),
    ConverseStream: unclear('the stream ended without an event'),
    InvokeModel: unclear(UNREADABLE),
  },
  'cut-body': { Converse: unclear(UNREADABLE), InvokeModel: unclear(UNREADABLE) },
  'html-200': { Converse: unclear(UNREADABLE), ConverseStream: unclear(CUT), InvokeModel: unclear(UNREADABLE) },
  'wrong-content-type': each(HARMLESS),
  // The number of tokens does not matter for an embedding.
  'wrong-usage': { Converse: flawed(UNCOUNTED), ConverseStream: flawed(UNCOUNTED), InvokeModel: HARMLESS },
  'no-usage': { Converse: flawed(UNCOUNTED), ConverseStream: flawed(UNCOUNTED), InvokeModel: HARMLESS },
  'truncated-stream': { ConverseStream: flawed('the stream ended without messageStop') },
  'no-message-stop': { ConverseStream: flawed('the stream ended without messageStop') },
  'no-metadata': { ConverseStream: flawed('the stream ended without metadata after messageStop') },
  'cut-in-frame': { ConverseStream: unclear(CUT) },
  'cut-in-prelude': { ConverseStream: unclear(CUT) },
  'bad-checksum': { ConverseStream: unclear(UNREADABLE) },
  'exception-frame': { ConverseStream: passing('the call was throttled') },
  'server-error-frame': { ConverseStream: passing('the service failed') },
  'model-stream-error-frame': { ConverseStream: passing('the model failed while it was answering') },
  'unknown-event': { ConverseStream: HARMLESS },
};

const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-faults-'));
const waiting = new Map<number, (result: ProbeResult) => void>();
let child: ChildProcess;
let orders = 0;

beforeAll(() => {
  const bundle = join(folder, 'probe-process.js');
  const lambda = join(__dirname, '..', '..', '..', 'lambda', 'verify');
  buildSync({
    entryPoints: [join(__dirname, 'probe-process.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    alias: {
      '@aws-sdk/credential-provider-node': join(lambda, '..', '..', 'aws', 'services', 'environment-credentials.ts'),
      '@aws-sdk/token-providers': join(lambda, '..', '..', 'aws', 'services', 'no-bearer-tokens.ts'),
    },
  });
  child = fork(bundle, { execArgv: [] });
  child.on('message', ({ id, result }: { readonly id: number; readonly result: ProbeResult }) =>
    waiting.get(id)?.(result),
  );
});

afterAll(() => {
  child.kill();
  rmSync(folder, { recursive: true });
});

const CALLER = role('app', [ANYTHING]);
const UNPRIVILEGED = role('unprivileged', []);
const TARGETS = {
  Converse: { own: GEOGRAPHIC.arn, bare: MODEL, modelId: MODEL },
  ConverseStream: { own: GEOGRAPHIC.arn, bare: MODEL, modelId: MODEL },
  InvokeModel: { own: EMBEDDING.arn, bare: 'amazon.titan-embed-text-v2:0', modelId: 'amazon.titan-embed-text-v2:0' },
} as const;

async function withFault<T>(fault: Fault, work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const account = accountOf([CALLER, UNPRIVILEGED]);
  const sandbox = await startSandbox({ account, faults: [{ fault, label: fault.name }] });
  try {
    return await work(sandbox);
  } finally {
    await sandbox.close();
  }
}

type ByOperation<T> = Readonly<Record<FaultedOperation, T>>;

interface Probing {
  readonly expected: ProbeOrder['expected'];
  readonly by?: string;
}

/** Runs one probe per operation, each with its own session. */
async function probes(sandbox: Sandbox, { expected, by = CALLER.arn }: Probing): Promise<ByOperation<ProbeResult>> {
  const results = FAULTED_OPERATIONS.map(async (operation) => {
    const { accessKeyId, secretAccessKey, sessionToken = '' } = sandbox.credentialsFor(by, { sessionName: operation });
    const { own, bare, modelId } = TARGETS[operation];
    const id = orders++;
    const order: ProbeOrder = {
      url: sandbox.url,
      credentials: { accessKeyId, secretAccessKey, sessionToken },
      call: { operation, target: expected === 'allowed' ? own : bare, modelId },
      expected,
      // The attempt times out only for silent answers.
      attemptMilliseconds: sandbox.injected.some(({ fault }) => fault.startsWith('stall')) ? 300 : 20_000,
    };
    child.send({ id, order });
    return [operation, await new Promise<ProbeResult>((resolve) => waiting.set(id, resolve))] as const;
  });
  return Object.fromEntries(await Promise.all(results)) as ByOperation<ProbeResult>;
}

test('every fault has a row', () => {
  expect(Object.keys(MATRIX)).toEqual(FAULTS.map(({ name }) => name));
  expect(FAULTS.length).toBeGreaterThanOrEqual(30);
  for (const { name, operations = FAULTED_OPERATIONS } of FAULTS) {
    expect([name, Object.keys(MATRIX[name] ?? {}).sort()]).toEqual([name, [...operations].sort()]);
  }
});

const says = ({ outcome, attempts }: ProbeResult): string => `${outcome} ${attempts}`;

test.each(FAULTS.map((fault) => [fault.name, fault] as const))('%s', async (name, fault) => {
  const always = await withFault(fault, async (sandbox) => {
    const results = await probes(sandbox, { expected: 'allowed' });
    for (const operation of FAULTED_OPERATIONS) {
      const calls = sandbox.calls.filter((call) => call.operation === operation);
      expect(calls).toHaveLength(results[operation].attempts);
      expect(calls.some(({ faults }) => faults?.[0] === name)).toBe(MATRIX[name]?.[operation] !== undefined);
    }
    return results;
  });
  const once = await withFault({ ...fault, onlyFirst: fault.onlyFirst ?? 'call' }, (sandbox) =>
    probes(sandbox, { expected: 'allowed' }),
  );
  const mustBeDenied = await withFault(fault, (sandbox) => probes(sandbox, { expected: 'denied' }));
  for (const operation of FAULTED_OPERATIONS) {
    const { cause, ...rest } = MATRIX[name]?.[operation] ?? HARMLESS;
    expect([
      operation,
      row(
        says(always[operation]),
        says(once[operation]),
        always[operation].cause ?? '',
        mustBeDenied[operation].outcome,
      ),
    ]).toEqual([operation, { ...rest, cause: cause === REFUSED ? expect.stringMatching(cause) : cause }]);
  }
});

test.each(FAULTS.map((fault) => [fault.name, fault] as const))(
  '%s does not affect a call that IAM denies',
  async (_, fault) => {
    await withFault(fault, async (sandbox) => {
      const results = await probes(sandbox, { expected: 'denied', by: UNPRIVILEGED.arn });
      expect(Object.values(results).map(says)).toEqual(['denied 1', 'denied 1', 'denied 1']);
      expect(sandbox.injected).toMatchObject([{ calls: 0, injected: 0 }]);
    });
  },
);
