import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SettledFact, VerificationResult } from '../../../lambda/verify/result';
import { READINGS, type SystemProfileReading } from '../../../lib/account/system-profile-reading';
import { verifyLocally } from '../../../lib/cli/commands/verify-locally';
import { readCurrentAccount } from '../../../lib/cli/read-account';
import { type FunctionRun, runFunction } from '../../../lib/cli/run-function';
import { verificationDocument } from '../../../lib/report/verification/verification-document';
import { verificationLines } from '../../../lib/report/verification/verification-lines';
import { startSandbox } from '../../../lib/sandbox/start-sandbox';
import { describedResource, waitingFor } from '../../lambda/custom-resource/described-resource';
import { resourceRequest } from '../../lambda/verify/resource-request';
import { PROJECT } from '../../project';
import { Assembly } from '../assembly';

const dev = new Assembly('dev');
const prod = new Assembly('prod');
afterAll(() => {
  dev.dispose();
  prod.dispose();
});

const WITH_KEY = "the application profile's ARN in bedrock:InferenceProfileArn";

/** Answer that the function must find for each reading of the system-defined profile. */
const ANSWERS: Readonly<Record<SystemProfileReading, string>> = {
  unasked: `needs no grant of the system profile, and IAM checks its models with ${WITH_KEY}`,
  'without-key': 'needs a grant of the system profile, which IAM checks without the key bedrock:InferenceProfileArn',
  'with-key': `needs a grant of the system profile, which IAM checks with ${WITH_KEY}`,
  every: `needs a grant of the system profile, which IAM checks twice, with ${WITH_KEY} and without the key`,
};
const ONLY_AWS = 'not settled: the sandbox keeps no metrics';

/** Selects the lines about facts. */
const factsIn = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => /^(not )?settled: |^simulated by /.test(line));

test.each(READINGS)('the real bundle finds the reading %s, and a local run never calls it settled', async (reading) => {
  const verification = await verifyLocally(dev.plan, {
    assembly: dev.original,
    project: PROJECT,
    reading,
    progress: () => undefined,
    interrupted: new Promise(() => undefined),
  });
  const lines = verificationLines(verification, { tone: (_, text) => text });
  expect(factsIn(lines)).toEqual([
    `simulated by the sandbox (reading ${reading}): a profile over us ${ANSWERS[reading]} (system-profile-grant, code-review/review)`,
    `simulated by the sandbox (reading ${reading}): a profile over global ${ANSWERS[reading]} (system-profile-grant, document-search/answer)`,
    `${ONLY_AWS} (cache-metrics, code-review/review)`,
    `${ONLY_AWS} (counted-once, code-review/review)`,
  ]);
  expect(lines).toContain('AWS does not document the following; only a deployed function can settle it:');
  expect(verificationDocument(verification, 0).settled.filter(({ settled }) => settled)).toEqual([]);
});

test('an application with a guardrail also tries the condition on the profile itself', async () => {
  const verification = await verifyLocally(prod.plan, {
    assembly: prod.original,
    project: PROJECT,
    reading: 'unasked',
    progress: () => undefined,
    interrupted: new Promise(() => undefined),
  });
  expect(verificationDocument(verification, 0).settled).toContainEqual({
    fact: 'guardrail-condition',
    application: 'support-chat',
    alias: 'fast',
    settled: false,
    answer:
      'the check of an application profile does not have the key bedrock:GuardrailIdentifier: the condition belongs on the models behind it',
    requestId: expect.any(String),
    deniedArn: expect.stringMatching(/^arn:aws:bedrock:.*:application-inference-profile\//),
    simulatedBy: 'the sandbox (reading unasked)',
  });
});

describe('with a CloudWatch that answers', () => {
  let server: Server;
  let url: string;
  const requests: string[] = [];
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const body = await text(request);
      requests.push(
        request.method === 'PUT' ? 'the answer to CloudFormation' : String(request.headers['x-amz-target']),
      );
      if (body.includes('Action=DescribeStackResource&')) {
        requests.pop();
        response.end(describedResource(waitingFor({ RequestType: 'Create' }, 'Custom::BedrockAccessGate')).body);
        return;
      }
      response.setHeader('content-type', 'application/x-amz-json-1.0').end(cloudWatch(requests.at(-1) ?? '', body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    requests.length = 0;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  async function runBundle(event: unknown): Promise<unknown> {
    const account = readCurrentAccount(dev.plan, dev.original);
    const [verification] = account.functions;
    const sandbox = await startSandbox({ account, reading: 'with-key' });
    try {
      const run: FunctionRun = {
        function: {
          ...(verification as FunctionRun['function']),
          environment: {
            ...verification?.environment,
            AWS_ENDPOINT_URL_CLOUDWATCH: url,
            AWS_ENDPOINT_URL_CLOUDFORMATION: url,
          },
        },
        region: account.region,
        endpointUrl: sandbox.url,
        session: sandbox.credentialsFor(verification?.roleArn ?? ''),
        event,
        onLog: () => undefined,
        signal: new AbortController().signal,
      };
      const answer = await runFunction(run);
      return 'result' in answer ? answer.result : answer.error;
    } finally {
      await sandbox.close();
    }
  }

  test('the real bundle settles every fact of one application', async () => {
    const { settled = [] } = (await runBundle({ applications: ['code-review'] })) as VerificationResult;
    const short = ({ fact, settled: is, answer }: SettledFact) => [fact, is, answer];
    expect(settled.map(short)).toEqual([
      ['system-profile-grant', true, `a profile over us ${ANSWERS['with-key']}`],
      [
        'cache-metrics',
        true,
        'the metrics of cached tokens are called CacheReadInputTokenCount, CacheWriteInputTokenCount',
      ],
      ['counted-once', true, 'a call through a profile is counted once, under the profile alone'],
    ]);
    expect(requests.toSorted()).toEqual([
      'GraniteServiceVersion20100801.GetMetricData',
      'GraniteServiceVersion20100801.ListMetrics',
    ]);
  });

  test('a gate settles no facts', async () => {
    const { parameters } = readCurrentAccount(dev.plan, dev.original);
    const Aliases = Object.fromEntries(
      parameters.flatMap(({ name, value }) => {
        const alias = /^\/bedrock-access\/dev\/code-review\/([^/.]+)$/.exec(name)?.[1];
        return alias === undefined ? [] : [[alias, value]];
      }),
    );
    const StackId = `arn:aws:cloudformation:${dev.plan.region}:${dev.plan.account}:stack/dev--code-review/1`;
    const request = resourceRequest({ StackId, ResponseURL: `${url}/answer` });
    const ResourceProperties = {
      ...request.ResourceProperties,
      Application: 'code-review',
      Aliases,
      OnFailure: 'warn',
    };
    expect(await runBundle({ ...request, ResourceProperties })).toMatchObject({ passed: true });
    expect(requests).toEqual(['the answer to CloudFormation']);
  });
});

/** Answers of CloudWatch for a profile whose calls are not metered in any other way. */
function cloudWatch(target: string, body: string): string {
  if (target.endsWith('ListMetrics')) {
    const { Namespace, Dimensions } = JSON.parse(body);
    const names = ['Invocations', 'CacheReadInputTokenCount', 'CacheWriteInputTokenCount'];
    return JSON.stringify({ Metrics: names.map((MetricName) => ({ Namespace, MetricName, Dimensions })) });
  }
  const { MetricDataQueries = [] } = target.endsWith('GetMetricData') ? JSON.parse(body) : {};
  const results = MetricDataQueries.map(({ Id }: { Id: string }, i: number) => ({
    ...{ Id, Label: 'Invocations', StatusCode: 'Complete' },
    ...(i === 0 ? { Timestamps: [1_795_261_200], Values: [4] } : { Timestamps: [], Values: [] }),
  }));
  return JSON.stringify({ Messages: [], MetricDataResults: results });
}
