import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../lib/account/account';
import { readTemplateAccount } from '../../lib/account/templates/template-account';
import { stackName } from '../../lib/plan/names/names';
import { largestApplication, longestFrom, longName, place, planOf } from '../plan/environments';
import { sharedAssembly } from './shared-assembly';
import { resourcesOf, templatesOf } from './synthesized';

const name = longName(20);
const tags = Object.fromEntries(Array.from({ length: 46 }, (_, i) => [`organization-${i}`, 'acme']));

/** One application for each routing, as large as a file allows. */
const applications = Object.fromEntries(
  longestFrom(place.region).map((generation, i) => [longName(24, i), largestApplication(generation)]),
);
const plan = planOf(applications, { name, tags, oidc: { github: 'create' } });
const templates = templatesOf(plan);
const account: Account = readTemplateAccount(sharedAssembly(plan), name);

/** Lists the values of a property that AWS would refuse because they do not match the pattern. */
function refused(type: string, property: string, pattern: RegExp): readonly unknown[] {
  const values = resourcesOf(templates, type).map((r) => r.Properties[property]);
  expect(values.length).toBeGreaterThan(0);
  return values.filter((value) => value !== undefined && !(typeof value === 'string' && pattern.test(value)));
}

const size = (document: unknown): number => JSON.stringify(document).length;

test.each<[type: string, property: string, pattern: RegExp]>([
  ['AWS::CloudWatch::Alarm', 'AlarmName', /^.{1,255}$/],
  ['AWS::CloudWatch::Alarm', 'AlarmDescription', /^.{0,1024}$/],
  ['AWS::Events::Rule', 'Name', /^[.\-_A-Za-z0-9]{1,64}$/],
  ['AWS::Bedrock::ApplicationInferenceProfile', 'InferenceProfileName', /^(?=.{1,64}$)([0-9a-zA-Z][ _-]?)+$/],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName', /^[\w+=,.@-]{1,128}$/],
  ['AWS::IAM::Role', 'RoleName', /^[\w+=,.@-]{1,64}$/],
  ['AWS::IAM::Role', 'Path', /^\/[\w+=,.@/-]{0,510}\/$/],
  ['AWS::IAM::Role', 'Description', /^[\t\n\r\x20-\x7e\xa1-\xff]{0,1000}$/],
  ['AWS::Lambda::Function', 'FunctionName', /^[a-zA-Z0-9-_]{1,64}$/],
  ['AWS::Lambda::Function', 'Description', /^.{0,256}$/],
  ['AWS::Logs::LogGroup', 'LogGroupName', /^[.\-_/#A-Za-z0-9]{1,512}$/],
  ['AWS::SSM::Parameter', 'Name', /^(\/[a-zA-Z0-9_.-]+){1,15}$/],
])('%s accepts every %s of the largest environment', (type, property, pattern) => {
  expect(refused(type, property, pattern)).toEqual([]);
});

test('no two roles, policies or profiles of the largest environment have the same name', () => {
  const names = Object.entries({
    'AWS::Bedrock::ApplicationInferenceProfile': 'InferenceProfileName',
    'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
    'AWS::IAM::Role': 'RoleName',
  }).flatMap(([type, property]) => resourcesOf(templates, type).map((r) => `${type} ${r.Properties[property]}`));
  expect(names.filter((n, i) => names.indexOf(n) !== i)).toEqual([]);
});

test('every role that this project creates has at most 10 policies of at most 6,144 characters', () => {
  const counts = account.principals.filter((p) => p.complete).map((p) => p.policies.length);
  expect(Math.max(...counts)).toBeLessThanOrEqual(10);
  const documents = account.principals.flatMap((p) => [...p.policies, ...(p.boundary ? [p.boundary] : [])]);
  expect(documents.filter((d) => d.document === undefined || size(d.document) > 6144)).toEqual([]);
});

test('every trust policy has at most 2,048 characters', () => {
  const sizes = account.principals.flatMap((p) => (p.trust === undefined ? [] : [size(p.trust.document)]));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2048);
});

test('the Sids of a policy are letters and digits, and different', () => {
  for (const { policies } of account.principals) {
    for (const { document } of policies) {
      const sids = (document as { Statement: readonly { Sid: string }[] }).Statement.map((s) => s.Sid);
      expect(sids.filter((sid, i) => !/^[a-zA-Z0-9]+$/.test(sid) || sids.indexOf(sid) !== i)).toEqual([]);
    }
  }
});

test('every parameter has a value of at most 4 KB that SSM does not read as a reference', () => {
  expect(account.parameters.length).toBe((2 * 30 + 1) * Object.keys(applications).length);
  expect(account.parameters.filter((p) => Buffer.byteLength(p.value) > 4096 || p.value.includes('{{'))).toEqual([]);
});

test('no resource has more than 50 tags, and no stack has more than 500 resources or a template of more than 1 MB', () => {
  const stage = join(sharedAssembly(plan), `assembly-${name}`);
  const sizes = readdirSync(stage)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => statSync(join(stage, file)).size);
  expect(sizes.length).toBe(Object.keys(templates).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000_000);
  for (const template of Object.values(templates)) {
    expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(500);
    for (const { Properties } of Object.values(template.Resources)) {
      expect(Object.keys(Properties['Tags'] ?? {}).length).toBeLessThanOrEqual(50);
    }
  }
});

test('every stack has a name that CloudFormation accepts', () => {
  const names = ['Foundation', ...plan.applications.map((a) => a.name)].map((stack) => stackName(name, stack));
  expect(names.filter((n) => !/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(n))).toEqual([]);
});
