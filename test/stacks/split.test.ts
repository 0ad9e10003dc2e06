import { readTemplateAccount } from '../../lib/account/templates/template-account';
import { readTemplateResources } from '../../lib/account/templates/template-resources';
import { MAX_GENERATIONS } from '../../lib/config/checks/check-application';
import { planExecutionPolicy } from '../../lib/plan/deployment/execution-policy';
import type { AccessPlan } from '../../lib/plan/environment/access-plan';
import { batchesDefinition } from '../../lib/plan/environment/batches-definition';
import { GENERATIONS_PER_RUN, planSplit } from '../../lib/plan/environment/split-plan';
import { proveAccess } from '../../lib/proof/access/prove-access';
import { proveExecution } from '../../lib/proof/deployment/prove-execution';
import { application, longName, place, planOf } from '../plan/environments';
import { sharedAssembly } from './shared-assembly';
import { resourcesOf, templatesOf } from './synthesized';

const model = { model: 'amazon.nova-lite-v1:0', routing: 'regional' };
const aliases = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}`, model]));
const plan = (applications: number, each: number) =>
  planOf(
    Object.fromEntries(
      Array.from({ length: applications }, (_, i) => [longName(6, i), application({ models: aliases(each) })]),
    ),
  );

/** Two applications in two runs of one each. The plan is small enough to be proven quickly. */
const small = plan(2, 1);
const [verification] = small.functions;
const split = planSplit(place, small.applications, verification.functionArn, verification.schedule.ruleArn, 1);
const large: AccessPlan = { ...small, ...(split !== undefined && { split }) };
const templates = templatesOf(large);
const account = readTemplateAccount(sharedAssembly(large), 'dev');

test('1,000 generations need one run, and more need two', () => {
  expect(plan(40, 25).split).toBeUndefined();
  expect(plan(41, 25).split?.batches.map((batch) => batch.length)).toEqual([40, 1]);
});

test('every application is in one batch, in order, and no batch has more generations than a run can verify', () => {
  const { applications, split: long } = plan(90, 29);
  const batches = long?.batches ?? [];
  expect(batches.flat()).toEqual(applications.map(({ name }) => name));
  const sizes = batches.map((names) =>
    applications.filter((a) => names.includes(a.name)).reduce((sum, a) => sum + a.generations.length, 0),
  );
  expect(sizes).toEqual([986, 986, 638]);
});

test('no application is too large for a run', () => {
  expect(MAX_GENERATIONS).toBeLessThan(GENERATIONS_PER_RUN);
});

test('the batches of the largest file fit into a state, and the definition fits into a state machine', () => {
  // A file has at most 256 KiB, and an application needs at least 70 characters.
  const names = Array.from({ length: 3750 }, (_, i) => longName(24, i));
  const largest = { ...(split as NonNullable<typeof split>), batches: [names] };
  const definition = batchesDefinition(largest, verification.functionArn);
  expect(Buffer.byteLength(JSON.stringify(definition.States.Batches.Result))).toBeLessThan(262_144);
  expect(Buffer.byteLength(JSON.stringify(definition))).toBeLessThan(1_048_576);
});

test('the state machine calls the function for each batch and continues after one that failed', () => {
  const [machine] = resourcesOf(templates, 'AWS::StepFunctions::StateMachine');
  const lambda = 'arn:aws:lambda:us-east-1:111122223333:function:dev_verification';
  expect(machine?.Properties).toMatchObject({
    StateMachineName: 'dev_verification-batches',
    StateMachineType: 'STANDARD',
  });
  expect(JSON.parse(String(machine?.Properties['DefinitionString']))).toEqual({
    Comment: 'Verifies every access, in as many runs as it takes',
    StartAt: 'Batches',
    States: {
      Batches: {
        Type: 'Pass',
        Result: split?.batches.map((applications) => ({ scheduled: true, applications })),
        Next: 'Each',
      },
      Each: {
        Type: 'Map',
        ItemsPath: '$',
        Label: 'Batch',
        MaxConcurrency: 1,
        ToleratedFailurePercentage: 100,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Verify',
          States: {
            Verify: {
              Type: 'Task',
              Resource: 'arn:aws:states:::lambda:invoke',
              Parameters: { FunctionName: lambda, 'Payload.$': '$' },
              TimeoutSeconds: 930,
              Retry: [
                {
                  ErrorEquals: [
                    'Lambda.TooManyRequestsException',
                    'Lambda.ServiceException',
                    'Lambda.AWSLambdaException',
                    'Lambda.SdkClientException',
                  ],
                  IntervalSeconds: 10,
                  MaxAttempts: 5,
                  BackoffRate: 2,
                  JitterStrategy: 'FULL',
                },
              ],
              ResultPath: null,
              End: true,
            },
          },
        },
        ResultPath: null,
        End: true,
      },
    },
  });
});

test('the rule starts the state machine, so no rule needs a permission on the function', () => {
  const [rule] = resourcesOf(templates, 'AWS::Events::Rule');
  expect(rule?.Properties['Targets']).toEqual([
    {
      Id: 'Verification',
      Arn: { Ref: expect.stringMatching(/^ScheduleBatchesStateMachine/) },
      RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^ScheduleBatchesStarter/), 'Arn'] },
      Input: '{}',
    },
  ]);
  const permissions = resourcesOf(templates, 'AWS::Lambda::Permission');
  const called = permissions.map(({ Properties }) => Properties['FunctionName']);
  expect(called).not.toContain(verification.functionArn);
});

test.each(['starter', 'runner'] as const)(
  'the %s may do its work and nothing else, and only its service may assume it',
  (which) => {
    const planned = split?.[which];
    const role = account.principals.find(({ name }) => name === planned?.name);
    const here = 'us-east-1:111122223333';
    const machine = `arn:aws:states:${here}:stateMachine:dev_verification-batches`;
    const executions = [':*', '/*'].map((end) => `arn:aws:states:${here}:execution:dev_verification-batches${end}`);
    const allow = (Sid: string, Action: string | readonly string[], Resource: string | readonly string[]) => ({
      ...{ Sid, Effect: 'Allow', Action: [Action].flat(), Resource: [Resource].flat() },
    });
    const statements = {
      starter: [allow('StartBatches', 'states:StartExecution', machine)],
      runner: [
        allow('CallVerification', 'lambda:InvokeFunction', `arn:aws:lambda:${here}:function:dev_verification`),
        allow('StartBatch', 'states:StartExecution', machine),
        allow('FollowBatch', ['states:DescribeExecution', 'states:StopExecution'], executions),
      ],
    };
    const [service, source] = {
      starter: ['events.amazonaws.com', `arn:aws:events:${here}:rule/dev_verification-schedule`],
      runner: ['states.amazonaws.com', `arn:aws:states:${here}:*`],
    }[which];
    expect(role?.policies.map(({ document }) => document)).toEqual([
      { Version: '2012-10-17', Statement: statements[which] },
    ]);
    expect(role?.boundary).toEqual(role?.policies[0]);
    expect(role?.trust?.document).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Service',
          Effect: 'Allow',
          Principal: { Service: service },
          Action: ['sts:AssumeRole'],
          Condition: {
            StringEquals: { 'aws:SourceAccount': '111122223333' },
            ArnLike: { 'aws:SourceArn': source },
          },
        },
      ],
    });
  },
);

test('the templates are proven', () => {
  const { violations, coverage } = proveAccess(large, account);
  expect(violations).toEqual([]);
  expect(coverage).toMatchObject({ principals: 11, plannedPrincipals: 11, boundaries: 7, trustPolicies: 11 });
});

test.each([
  ['the runner may call another function', 'dev_verification-runner', 'lambda:InvokeFunction'],
  ['the starter may start another state machine', 'dev_verification-starter', 'states:StartExecution'],
])('the proof fails if %s', (_, name, action) => {
  const wider = (p: (typeof account.principals)[number]) => {
    const Statement = [{ Sid: 'Wider', Effect: 'Allow', Action: [action], Resource: ['*'] }];
    const policy = { name: p.policies[0]?.name ?? '', document: { Version: '2012-10-17', Statement } };
    return p.name === name ? { ...p, policies: [policy], boundary: policy } : p;
  };
  const { violations } = proveAccess(large, { ...account, principals: account.principals.map(wider) });
  expect(violations.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['excess', 'boundary']));
});

test('the proof fails if a batch is left out', () => {
  const wholeResources = account.wholeResources.map((t) =>
    t.type === 'AWS::StepFunctions::StateMachine'
      ? { ...t, properties: { ...t.properties, DefinitionString: '{"StartAt":"Batches","States":{}}' } }
      : t,
  );
  const { violations } = proveAccess(large, { ...account, wholeResources });
  expect(violations.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /:dev_verification-batches: .* a resource of type AWS::StepFunctions::StateMachine that is not in the plan/,
    ),
    expect.stringMatching(/^dev_verification-batches: .* lack the AWS::StepFunctions::StateMachine of the plan/),
  ]);
});

test('CloudFormation can deploy it and pass each role only to its own service', () => {
  const policy = planExecutionPolicy(large);
  const resources = readTemplateResources(sharedAssembly(large), 'dev');
  expect(proveExecution(large, policy, resources).violations).toEqual([]);
  const passes = policy.statements.filter(({ Action }) => Action.includes('iam:PassRole'));
  expect(passes.map(({ Resource, Condition }) => [Resource?.[0]?.split('/').at(-1), Condition])).toEqual([
    ['dev_verification', { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }],
    ['dev_verification-starter', { StringEquals: { 'iam:PassedToService': 'events.amazonaws.com' } }],
    ['dev_verification-runner', { StringEquals: { 'iam:PassedToService': 'states.amazonaws.com' } }],
  ]);
});
