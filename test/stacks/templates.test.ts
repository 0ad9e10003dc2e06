import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCE_TYPES } from '../../lib/account/types/resource-types';
import { application, longName, planOf, testEnvironment } from '../plan/environments';
import { nameProperties } from './compare-templates';
import { sharedAssembly } from './shared-assembly';
import { environmentTemplates, resourcesOf, templatesOf } from './synthesized';

const ENVIRONMENTS = ['dev', 'prod'] as const;
const PROFILE = 'AWS::Bedrock::ApplicationInferenceProfile';

/** Names that CloudFormation can change in place. All others are create-only. */
const CHANGEABLE_NAMES = {
  'AWS::CE::AnomalyMonitor': ['MonitorName'],
  'AWS::CE::AnomalySubscription': ['SubscriptionName'],
  'AWS::Logs::QueryDefinition': ['Name'],
};

/** Properties that are the physical name of a resource, by type. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries([...RESOURCE_TYPES.keys()].map((type) => [type, nameProperties(type)])),
  ...CHANGEABLE_NAMES,
};

/** Reads a property by its path, such as `Budget.BudgetName`. */
function at(properties: unknown, path: string): unknown {
  return path.split('.').reduce((part, key) => Object(part)[key], properties);
}

test.each(ENVIRONMENTS)('no stack of %s exports or imports anything', (name) => {
  for (const template of Object.values(environmentTemplates(name))) {
    expect(JSON.stringify(template['Outputs'] ?? {})).not.toContain('"Export"');
    expect(JSON.stringify(template)).not.toContain('Fn::ImportValue');
  }
});

test('all stacks depend only on the Foundation, except for the dashboard, which shows the applications', () => {
  const stage = join(
    sharedAssembly(planOf({ a: application(), b: application() }, { limits: { monthlyUsd: 9 } })),
    'assembly-dev',
  );
  const { artifacts } = JSON.parse(readFileSync(join(stage, 'manifest.json'), 'utf8')) as {
    readonly artifacts: Readonly<
      Record<string, { readonly type: string; readonly displayName: string; readonly dependencies?: readonly string[] }>
    >;
  };
  const stacks = Object.values(artifacts).filter((a) => a.type === 'aws:cloudformation:stack');
  const needs = stacks.map((stack) => [
    stack.displayName,
    (stack.dependencies ?? []).map((id) => artifacts[id]?.displayName).filter((n) => !n?.endsWith('.assets')),
  ]);
  expect(Object.fromEntries(needs)).toEqual({
    'dev/Billing': ['dev/Foundation'],
    'dev/Dashboard': ['dev/Foundation', 'dev/a', 'dev/b'],
    'dev/Foundation': [],
    'dev/Overview': ['dev/Foundation'],
    'dev/a': ['dev/Foundation'],
    'dev/b': ['dev/Foundation'],
  });
});

test('every physical name is unique in an account that holds both environments', () => {
  const names = ENVIRONMENTS.flatMap((name) =>
    Object.entries(NAMES).flatMap(([type, properties]) =>
      resourcesOf(environmentTemplates(name), type).flatMap((r) =>
        properties.map((p) => `${type} ${at(r.Properties, p)}`),
      ),
    ),
  );
  expect(names.length).toBeGreaterThan(90);
  expect(names.filter((name, i) => names.indexOf(name) !== i || name.endsWith('undefined'))).toEqual([]);
});

test('these tests know every type of resource', () => {
  const budget = { monthlyUsd: 5, notify: ['a@example.com'], atLimit: 'deny' };
  const settings = { invocationLogging: {}, costAllocationTags: 'activate' };
  const withSettings = templatesOf(planOf({ a: application({ budget }) }, settings));
  const types = [withSettings, ...ENVIRONMENTS.map(environmentTemplates)].flatMap((templates) =>
    Object.values(templates).flatMap(({ Resources }) => Object.values(Resources).map((r) => r.Type)),
  );
  expect([...new Set(types)].filter((type) => !RESOURCE_TYPES.has(type))).toEqual([]);
});

test.each(ENVIRONMENTS)(
  'every profile, role and budget of %s, even a shared one, has the tags that the file requires',
  (name) => {
    const { requiredTags } = testEnvironment(name);
    expect(requiredTags.length).toBeGreaterThan(2);
    const tagged = [PROFILE, 'AWS::IAM::Role', 'AWS::Budgets::Budget'].flatMap((t) =>
      resourcesOf(environmentTemplates(name), t),
    );
    const lacking = tagged.filter((r) =>
      requiredTags.some(
        (key) => !Object.hasOwn(Object(tagsOf(r.Properties['Tags'] ?? r.Properties['ResourceTags'])), key),
      ),
    );
    expect(lacking.map((r) => r.id)).toEqual([]);
  },
);

test.each(ENVIRONMENTS)('every profile, role and parameter of an application of %s has its tags', (name) => {
  const environmentOf = testEnvironment(name);
  for (const [stack, template] of Object.entries(environmentTemplates(name)).filter(
    ([s]) => environmentOf.applications[s],
  )) {
    const config = environmentOf.applications[stack];
    const expected = {
      ...environmentOf.tags,
      Application: stack,
      BedrockAccess: `${name}/${stack}`,
      CostCenter: config?.costCenter,
      Owner: config?.owner,
    };
    const tagged = [PROFILE, 'AWS::IAM::Role', 'AWS::SSM::Parameter'].flatMap((t) =>
      resourcesOf({ [stack]: template }, t),
    );
    expect(tagged.map((r) => [r.id, tagsOf(r.Properties['Tags'])])).toEqual(tagged.map((r) => [r.id, expected]));
  }
});

function tagsOf(tags: unknown): unknown {
  return Array.isArray(tags)
    ? Object.fromEntries(tags.map((t: { Key: string; Value: string }) => [t.Key, t.Value]))
    : tags;
}

test('an alias changes only after all its policies are in place', () => {
  const models = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [longName(24, i), { model: 'anthropic.claude-sonnet-4-6', routing: 'us' }]),
  );
  const templates = templatesOf(planOf({ chat: application({ models }) }));
  const policies = resourcesOf(templates, 'AWS::IAM::ManagedPolicy').filter((p) => p.id.startsWith('chat.'));
  expect(policies.map((p) => p.id)).toEqual(['chat.Access1', 'chat.Access2', 'chat.Access3']);
  const parameters = resourcesOf(templates, 'AWS::SSM::Parameter').filter((p) => p.id.startsWith('chat.Aliases'));
  expect(parameters).toHaveLength(2 * 12);
  expect(parameters.map((p) => p.DependsOn)).toEqual(parameters.map(() => ['Access1', 'Access2', 'Access3']));
});

test('names that differ only in hyphens, or end in json, do not collide in a template', () => {
  const model = { model: 'amazon.nova-lite-v1:0', routing: 'regional' };
  const models = { 'a-b': model, ab: model, main: model, 'main-json': model };
  const services = ['x.y', 'x-y', 'xy'].map((s) => ({ service: `${s}.amazonaws.com` }));
  const applications = { 'a-b': application({ models, principals: services }), ab: application({ models }) };
  const templates = templatesOf(planOf(applications));
  const count = (type: string): number => resourcesOf(templates, type).length;
  expect([count(PROFILE), count('AWS::SSM::Parameter'), count('AWS::IAM::Role')]).toEqual([9, 18, 11]);
});

test('the OIDC provider of GitHub is created if the file says so, for the audience of AWS', () => {
  const provider = (github: string) =>
    resourcesOf(templatesOf(planOf({ chat: application() }, { oidc: { github } })), 'AWS::IAM::OIDCProvider');
  expect(provider('existing')).toEqual([]);
  expect(provider('create')).toEqual([
    {
      id: 'Foundation.GitHub',
      Type: 'AWS::IAM::OIDCProvider',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        ClientIdList: ['sts.amazonaws.com'],
        Tags: [
          { Key: 'Application', Value: 'bedrock-access' },
          { Key: 'BedrockAccess', Value: 'dev' },
          { Key: 'CostCenter', Value: 'bedrock-access' },
          { Key: 'Owner', Value: 'platform@example.com' },
        ],
        Url: 'https://token.actions.githubusercontent.com',
      },
    },
  ]);
});
