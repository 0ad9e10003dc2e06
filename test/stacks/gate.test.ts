import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { synthesize } from '../../lib/cli/synthesize';
import type { AccessPlan } from '../../lib/plan/environment/access-plan';
import { accessApp } from '../../lib/stacks/access-app';
import { application, planOf } from '../plan/environments';
import { environmentTemplates, type Resource, resourcesOf, templatesOf } from './synthesized';

const GATE = 'Custom::BedrockAccessGate';
const sonnet = { model: 'anthropic.claude-sonnet-4-6', routing: 'us' };

type Fields = Readonly<Record<string, unknown>>;

/** Change of one application, the other applications or the environment in a test. */
interface Change {
  readonly chat?: Fields;
  readonly others?: Fields;
  readonly file?: Fields;
}

const plan = ({ chat = {}, others = { search: application() }, file = {} }: Change): AccessPlan =>
  planOf({ chat: application({ models: { main: sonnet }, ...chat }), ...others }, file);

const gateOf = (change: Change): unknown =>
  resourcesOf(templatesOf(plan(change)), GATE).find(({ id }) => id.startsWith('chat.'))?.Properties;

test.each(['dev', 'prod'] as const)(
  'every application of %s ends with a gate after all its other resources',
  (name) => {
    for (const [stack, { Resources }] of Object.entries(environmentTemplates(name))) {
      const gates = Object.entries(Resources).filter(([, r]) => r.Type === GATE);
      if (['Billing', 'Dashboard', 'Foundation', 'Overview'].includes(stack)) {
        expect(gates).toEqual([]);
        continue;
      }
      const others = Object.keys(Resources).filter((id) => id !== gates[0]?.[0]);
      expect(gates.map(([, r]) => r)).toEqual([
        {
          Type: GATE,
          Properties: {
            ServiceToken: expect.stringMatching(
              new RegExp(`^arn:aws:lambda:[a-z0-9-]+:\\d{12}:function:${name}_verification$`),
            ),
            ServiceTimeout: 960,
            Application: stack,
            Aliases: aliasesOf(Resources),
            OnFailure: 'fail',
            Judged: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
          DependsOn: others.sort((a, b) => a.localeCompare(b)),
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
        },
      ]);
    }
  },
);

/** Returns the ARN in each parameter of a template, by its alias. */
function aliasesOf(resources: Readonly<Record<string, Resource>>): unknown {
  const parameters = Object.values(resources).filter(
    (r) => r.Type === 'AWS::SSM::Parameter' && !String(r.Properties['Name']).includes('.profiles/'),
  );
  const arns = parameters.map(({ Properties: p }) => [String(p?.['Name']), p?.['Value']] as const);
  return Object.fromEntries(
    arns.filter(([name]) => !/\.json$|\.limits\//.test(name)).map(([name, value]) => [name.split('/').at(-1), value]),
  );
}

test('Lambda does not repeat a call of CloudFormation, and drops it after 900 seconds', () => {
  const [invocations] = resourcesOf(environmentTemplates('dev'), 'AWS::Lambda::EventInvokeConfig');
  expect(invocations?.Properties).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 900 });
});

test.each<[string, Change]>([
  ['a model', { chat: { models: { main: { model: 'amazon.nova-pro-v1:0', routing: 'us' } } } }],
  ['a routing', { chat: { models: { main: { ...sonnet, routing: 'global' } } } }],
  [
    'an additional alias',
    { chat: { models: { main: sonnet, fast: { model: 'amazon.nova-lite-v1:0', routing: 'us' } } } },
  ],
  ['a principal', { chat: { principals: [{ service: 'ecs-tasks.amazonaws.com' }] } }],
  ['an additional existing role', { chat: { principals: [{ service: 'lambda.amazonaws.com' }, { role: 'api' }] } }],
  ['a guardrail', { chat: { guardrail: { id: 'abcdefgh1234', version: '1' } } }],
  ['the probes', { chat: { verify: ['text'] } }],
  ['a tag of its resources', { chat: { costCenter: 'CC-2' } }],
  ['the effect of the gate', { file: { verification: { gate: 'warn' } } }],
])('the gate is called again when this changes: %s', (_, change) => {
  expect(gateOf(change)).not.toEqual(gateOf({}));
});

test.each<[string, Change]>([
  ['another application', { others: { search: application({ models: { main: sonnet } }) } }],
  ['an additional application', { others: { more: application(), search: application() } }],
  ['a removed application', { others: {} }],
  ['the contact for alerts', { file: { contact: 'somebody@example.com' } }],
  ['a budget', { chat: { budget: { monthlyUsd: 5, alerts: [100], notify: ['a@example.com'] } } }],
  ['the schedule of the verification', { file: { verification: { everyHours: 12 } } }],
])('the gate is not called again when this changes: %s', (_, change) => {
  expect(gateOf(change)).toEqual(gateOf({}));
});

test('the gate is not called again when the same plan is synthesized again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-test-'));
  try {
    synthesize(plan({}), folder);
    expect(resourcesOf(templatesOf(plan({}), folder), GATE)).toEqual(resourcesOf(templatesOf(plan({})), GATE));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Returns the gate of an app in which one property of one resource is overridden. */
function gateWith(path = 'chat/Access1', property = 'Metadata.note', value: unknown = 'as it is'): unknown {
  const stage = accessApp([plan({})], { builtinCloudFormationValidation: false }).node.findChild('dev');
  const resource = path.split('/').reduce((node, id) => node.node.findChild(id), stage as IConstruct);
  (resource as CfnResource).addOverride(property, value);
  return Template.fromStack(stage.node.findChild('chat') as Stack).findResources(GATE);
}

test.each([
  ['the boundary', 'Foundation/Boundary', 'Properties.PolicyDocument.Statement', []],
  ['the boundary of the probes', 'Foundation/ProbeBoundary', 'Properties.PolicyDocument.Statement', []],
  ['a policy of the application', 'chat/Access1', 'Properties.PolicyDocument.Statement.0.Resource', '*'],
  ['a condition on a policy', 'chat/Access1', 'Condition', 'Never'],
  ['the type of a resource', 'chat/Access1', 'Type', 'AWS::IAM::Policy'],
  ["the function's code", 'Foundation/Verification/Function', 'Properties.Code.S3Key', 'other.zip'],
  ["the function's settings", 'Foundation/Verification/Function', 'Properties.Environment.Variables.X', 'y'],
  ["the function's permissions", 'Foundation/Verification/Access', 'Properties.PolicyDocument.Statement', []],
])('the gate is called again when the template changes: %s', (_, path, property, value) => {
  expect(gateWith(path, property, value)).not.toEqual(gateWith());
});

test.each([
  ['metadata', 'chat/Access1', 'Metadata.note', 'x'],
  ['the retention of the log', 'Foundation/Verification/Log', 'Properties.RetentionInDays', 30],
  ['a tag of the function', 'Foundation/Verification/Function', 'Properties.Tags', [{ Key: 'a', Value: 'b' }]],
])('the gate is not called again when the template changes: %s', (_, path, property, value) => {
  expect(gateWith(path, property, value)).toEqual(gateWith());
});

test('a resource that is added to the stack later is judged and is created before the gate', () => {
  const stage = accessApp([plan({})], { builtinCloudFormationValidation: false }).node.findChild('dev');
  const stack = stage.node.findChild('chat') as Stack;
  new CfnManagedPolicy(stack, 'Later', { policyDocument: { Version: '2012-10-17', Statement: [] } });
  const [gate] = Object.values(Template.fromStack(stack).findResources(GATE));
  expect(gate?.['DependsOn']).toContain('Later');
  expect(gate?.['Properties'].Judged).not.toEqual((gateOf({}) as { readonly Judged: string }).Judged);
});

test('the verdict of the gate is an output of its stack, and not an export', () => {
  const { chat } = templatesOf(plan({}));
  expect(chat?.['Outputs']).toEqual({
    Verdict: {
      Description: 'What the gate found',
      Value: { 'Fn::GetAtt': [expect.stringMatching(/^Gate/), 'Verdict'] },
    },
  });
});

test('two applications that differ only in name have different digests, and each digest is reproducible', () => {
  const twins = (): readonly unknown[] =>
    resourcesOf(templatesOf(planOf({ a: application(), b: application() })), GATE).map(
      ({ Properties }) => Properties['Judged'],
    );
  expect(new Set(twins()).size).toBe(2);
  expect(twins()).toEqual(twins());
});
