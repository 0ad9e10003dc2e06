import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ResourceRequest } from '../../lambda/custom-resource/resource-request';
import type { LambdaFunction } from '../../lib/account/account';
import { readAccount } from '../../lib/cli/read-account';
import { type FunctionAnswer, runFunction } from '../../lib/cli/run-function';
import { startSandbox } from '../../lib/sandbox/start-sandbox';
import { Assembly, type MutableTemplate } from '../cli/assembly';
import { describedResource, waitingFor } from '../lambda/custom-resource/described-resource';
import { resourceRequest } from '../lambda/verify/resource-request';

const SHIPPED = { dev: new Assembly('dev'), prod: new Assembly('prod') } as const;
const { dev } = SHIPPED;
const APPLICATIONS = (['dev', 'prod'] as const).flatMap((environment) =>
  SHIPPED[environment].plan.applications.map((application) => ({ environment, application })),
);
const SONNET = 'foundation-model/anthropic.claude-sonnet-4-6';

/** A request that the function sent to a ResponseURL. */
interface Put {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * A stand-in for CloudFormation: it records the answers and confirms every request. It says that a stack rolls back, or
 * does not describe it.
 */
const puts: Put[] = [];
const waiting = new Map<string, { readonly request: ResourceRequest; readonly rollsBack: boolean }>();
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.method === 'PUT') {
      puts.push({ url: request.url ?? '', headers: request.headers, body });
    }
    const form = new URLSearchParams(body);
    const run = waiting.get(form.get('StackName') ?? '');
    if (form.get('Action') === 'DescribeStackResource' && run !== undefined) {
      response.end(describedResource(waitingFor(run.request, 'Custom::BedrockAccessGate')).body);
    } else {
      const status = '<Stacks><member><StackStatus>UPDATE_ROLLBACK_IN_PROGRESS</StackStatus></member></Stacks>';
      response.writeHead(run?.rollsBack === false ? 403 : 200).end(run?.rollsBack === false ? '' : status);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  for (const assembly of Object.values(SHIPPED)) {
    assembly.dispose();
  }
});

interface GateRun {
  readonly answer: FunctionAnswer;
  /** The parsed answer to CloudFormation. */
  readonly sent: Readonly<Record<string, unknown>>;
  readonly put: Put;
  readonly log: string;
  /** Calls that reached the account, as `principal operation decision`. */
  readonly calls: readonly string[];
  readonly seconds: number;
}

let runCount = 0;

interface GateOptions {
  readonly environment?: keyof typeof SHIPPED;
  /** Folder of templates that differ from the synthesized ones. */
  readonly assembly?: string;
  readonly request?: Partial<ResourceRequest>;
  readonly variables?: Readonly<Record<string, string>>;
  /** True if CloudFormation says that the stack rolls back. */
  readonly rollsBack?: boolean;
}

/** Calls the function of the templates as CloudFormation does, with an account as the templates describe it. */
async function gate(
  ResourceProperties: Readonly<Record<string, unknown>>,
  {
    environment = 'dev',
    assembly = SHIPPED[environment].original,
    request,
    variables,
    rollsBack = false,
  }: GateOptions = {},
): Promise<GateRun> {
  const id = `answer-${runCount++}`;
  const { plan } = SHIPPED[environment];
  const account = readAccount(plan, assembly);
  const served = (name: unknown) =>
    Object.fromEntries(
      account.parameters
        .map((parameter) => [parameter.name.split('/'), parameter.value] as const)
        .filter(([[, , , application, alias = '']]) => application === name && alias !== '' && !alias.endsWith('.json'))
        .map(([path, value]) => [path.at(-1), value]),
    );
  const Aliases = { ...served(ResourceProperties['Application']) };
  const deployed = account.functions.find(({ name }) => name === plan.functions[0].functionName) as LambdaFunction;
  const sandbox = await startSandbox({ account });
  const session = sandbox.credentialsFor(deployed.roleArn);
  const lines: string[] = [];
  const started = performance.now();
  const StackId = `arn:aws:cloudformation:${plan.region}:${plan.account}:stack/${environment}--${ResourceProperties['Application']}/${id}`;
  const event = resourceRequest({
    StackId,
    ResponseURL: `${url}/${id}?Signature=canary`,
    ResourceProperties: { Aliases, ...ResourceProperties },
    ...request,
  });
  waiting.set(StackId, { request: event, rollsBack });
  try {
    const answer = await runFunction({
      function: {
        ...deployed,
        environment: { ...deployed.environment, AWS_ENDPOINT_URL_CLOUDFORMATION: url, ...variables },
      },
      region: account.region,
      endpointUrl: sandbox.url,
      session,
      event,
      onLog: (line) => lines.push(line),
      signal: new AbortController().signal,
    });
    const answered = puts.filter((put) => put.url.startsWith(`/${id}?`));
    const [put = { url: '', headers: {}, body: '{}' }] = answered;
    expect(answered).toHaveLength(1);
    const log = lines.join('\n');
    const output = [log, put.body, JSON.stringify(answer)].join('\n');
    for (const secret of [session.accessKeyId, session.secretAccessKey, session.sessionToken, 'Signature=canary']) {
      expect(output).not.toContain(secret);
    }
    const calls = sandbox.calls.map(({ principal, operation, decision }) => `${principal} ${operation} ${decision}`);
    const seconds = (performance.now() - started) / 1_000;
    return { answer, sent: JSON.parse(put.body), put, log, calls, seconds };
  } finally {
    await sandbox.close();
  }
}

const withoutRegion = (t: MutableTemplate): void => {
  const statement = t.statement('Main', 'Model');
  statement.Resource = statement.Resource.filter((arn) => arn !== `arn:aws:bedrock:us-west-2::${SONNET}`);
};
const withoutCondition = (t: MutableTemplate): void => {
  delete t.statement('Fast', 'Model').Condition;
};
const withoutTrust = (t: MutableTemplate): void => {
  t.role('dev_support-chat_probe').Properties.AssumeRolePolicyDocument.Statement[0].Condition = {
    ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/somebody-else' },
  };
};
const withoutDetails = (t: MutableTemplate): void => {
  t.resource((r) => r.Properties.Name === '/bedrock-access/dev/support-chat/fast.json').Properties.Value = '{}';
};

describe('access that works', () => {
  test.each(APPLICATIONS)('$application.name of $environment passes unchanged', async (shipped) => {
    const { environment, application } = shipped;
    const { plan } = SHIPPED[environment];
    const order = { Application: application.name, OnFailure: 'fail' };
    const { sent, put, answer, calls } = await gate(order, { environment });
    const probes = application.probes.length;
    const { RequestId, LogicalResourceId } = resourceRequest();
    const message = `${probes} of ${probes} probes of '${application.name}' as intended`;
    expect(answer).toMatchObject({ result: { passed: true, reason: message } });
    expect(sent).toEqual({
      Status: 'SUCCESS',
      Reason: `${message} (more: log group ${plan.functions[0].logGroupName})`,
      PhysicalResourceId: 'bedrock-access-gate',
      StackId: expect.stringContaining(`stack/${environment}--${application.name}/`),
      RequestId,
      LogicalResourceId,
      Data: { Verdict: message },
    });
    expect(put.headers['content-type'] ?? '').toBe('');
    expect(Buffer.byteLength(put.body)).toBeLessThan(4_096);
    // No role of another application is assumed.
    const roles = new Set(calls.map((call) => call.split(' ')[0]).filter((role) => role?.includes('/probe/')));
    const folder = `arn:aws:iam::${plan.account}:role/bedrock-access/${environment}/probe`;
    expect([...roles].sort()).toEqual(
      ['probe', 'probe-policies'].map((kind) => `${folder}/${environment}_${application.name}_${kind}`),
    );
  });

  test('an update passes, even if the function cannot read the status of the stack', async () => {
    const request = { RequestType: 'Update', PhysicalResourceId: 'bedrock-access-gate' } as const;
    const { sent, log } = await gate({ Application: 'support-chat', OnFailure: 'fail' }, { request });
    expect(sent).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringContaining('as intended') });
    expect(log).toContain('"stackStatus":"unknown"');
  });
});

describe('access that is not verified', () => {
  test('a deletion passes, although nothing works', async () => {
    const { sent, calls } = await gate({ Application: 'ghost' }, { request: { RequestType: 'Delete' } });
    expect(sent).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'bedrock-access-gate' });
    expect(calls).toEqual([]);
  });

  test('an update that rolls back passes, although nothing works', async () => {
    const { sent, calls } = await gate(
      { Application: 'support-chat', OnFailure: 'fail' },
      {
        request: { RequestType: 'Update' },
        assembly: dev.mutated('support-chat', withoutRegion),
        rollsBack: true,
      },
    );
    expect(sent).toMatchObject({
      Status: 'SUCCESS',
      Reason: expect.stringMatching(/^not verified: the stack rolls back/),
    });
    expect(calls).toEqual([]);
  });

  test.each([
    [{ OnFailure: 'fail' }, /^the gate has the Application undefined /],
    [{ Application: 'support-chat', OnFailure: 'later' }, /^the gate has OnFailure "later"; allowed: 'fail', 'warn' /],
  ])('the properties %j fail with the reason', async (properties, Reason) => {
    const { sent, calls } = await gate(properties);
    expect(sent).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(Reason) });
    expect(calls).toEqual([]);
  });
});

/** Cases of access that does not work. Each one is tried again for a minute, so all run at the same time. */
const BROKEN: readonly {
  readonly title: string;
  readonly mutate?: (template: MutableTemplate) => void;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly status: 'SUCCESS' | 'FAILED';
  readonly says: RegExp;
}[] = [
  {
    title: 'a destination Region taken out of one policy',
    mutate: withoutRegion,
    status: 'FAILED',
    says: /^\d of \d+ probes of 'support-chat' failed \(tried for \d+ s\): main \(anthropic\.claude-sonnet-4-6\) text denied.* no policy of the role allows bedrock:InvokeModel on arn:aws:bedrock:us-west-2::foundation-model\/anthropic\.claude-sonnet-4-6; /,
  },
  {
    title: 'the same change with OnFailure: warn',
    mutate: withoutRegion,
    properties: { OnFailure: 'warn' },
    status: 'SUCCESS',
    says: /^passed because of 'gate: warn': \d of \d+ probes of 'support-chat' failed \(tried for \d+ s\): main .* bedrock:InvokeModel on arn:aws:bedrock:us-west-2:/,
  },
  {
    title: 'a condition taken out of one policy',
    mutate: withoutCondition,
    status: 'FAILED',
    says: /^1 of \d+ probes of 'support-chat' failed \(tried for \d+ s\): fast \(amazon\.nova-lite-v1:0\) bare-model allowed: the call was answered, although it goes around the profiles/,
  },
  {
    title: 'a probe role that does not trust the function',
    mutate: withoutTrust,
    status: 'FAILED',
    says: /^\d+ of \d+ probes of 'support-chat' failed \(tried for \d+ s\): .* the verification function may not assume the role/,
  },
  {
    title: 'an alias that cannot be read',
    mutate: withoutDetails,
    status: 'FAILED',
    says: /^1 of \d+ probes of 'support-chat' failed \(tried for \d+ s\): fast text inconclusive: not run: the parameter \S+\/fast\.json: profileArn is not a text; /,
  },
  {
    title: 'an application that does not exist',
    properties: { Application: 'ghost', Aliases: { main: 'arn' } },
    status: 'FAILED',
    says: /^1 of 1 probes of 'ghost' failed \(tried for \d+ s\): main text inconclusive: /,
  },
];

describe('access that does not work', () => {
  let runs: readonly Promise<GateRun>[];

  beforeAll(() => {
    runs = BROKEN.map(({ mutate, properties }) =>
      gate(
        { Application: 'support-chat', OnFailure: 'fail', ...properties },
        { assembly: mutate === undefined ? dev.original : dev.mutated('support-chat', mutate) },
      ),
    );
    for (const run of runs) {
      run.catch(() => undefined);
    }
  });

  test.each(BROKEN.map(({ title, status, says }, i) => [title, status, says, i] as const))(
    '%s gives %s after a minute',
    async (_, Status, says, i) => {
      const { sent, put, seconds, log } = (await runs[i]) as GateRun;
      expect(sent).toMatchObject({ Status, Reason: expect.stringMatching(says) });
      expect(Buffer.byteLength(put.body)).toBeLessThan(4_096);
      expect(seconds).toBeGreaterThan(60);
      expect(seconds).toBeLessThan(90);
      expect(log).toContain(`"passed":${Status === 'SUCCESS'}`);
    },
  );
});
