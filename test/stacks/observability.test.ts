import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Document, isScalar, visit } from 'yaml';
import type { AccessPlan } from '../../lib/plan/environment/access-plan';
import { stackOfTopic } from '../../lib/plan/environment/topics-plan';
import { DashboardStack } from '../../lib/stacks/dashboard-stack';
import { EnvironmentStage } from '../../lib/stacks/environment-stage';
import { application, longName, planOf } from '../plan/environments';
import { resourcesOf, type StackTemplate, templatesOf } from './synthesized';

const plan = planOf(
  {
    shop: application({
      owner: 'shop-team@example.com',
      models: {
        main: { model: 'anthropic.claude-sonnet-4-6', routing: 'us' },
        fast: { model: 'amazon.nova-lite-v1:0', routing: 'regional' },
      },
      budget: { monthlyUsd: 500, alerts: [80, 100], notify: ['shop-team@example.com'], atLimit: 'deny' },
      alarms: { dailyUsd: 40 },
    }),
  },
  { tags: { organization: 'acme' } },
);
const templates = templatesOf(plan);
const { shop = { Resources: {} }, Foundation: foundation = { Resources: {} } } = templates;

/** Parses a dashboard's body as CloudWatch gets it. The parameter of the template stands for the id of a profile. */
function bodyOf(properties: Readonly<Record<string, unknown>> | undefined): unknown {
  const body = properties?.['DashboardBody'] as { readonly 'Fn::Sub': BodyWithIds } | undefined;
  const [text, ids]: BodyWithIds = body?.['Fn::Sub'] ?? ['{}', {}];
  return JSON.parse(
    text.replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => {
      const [index, list] = ids[variable]?.['Fn::Select'] ?? [];
      return `<${index} of ${list?.['Fn::Split'][1].Ref.slice(0, -8)}>`;
    }),
  );
}

type BodyWithIds = readonly [string, Readonly<Record<string, SelectedId>>];

interface SelectedId {
  readonly 'Fn::Select': readonly [number, { readonly 'Fn::Split': readonly [string, { readonly Ref: string }] }];
}

/** Formats a value for the snapshot: as YAML, with short maps and lists on one line. */
function readable(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Seq: (_, seq) => {
      seq.flow = seq.items.some((item) => isScalar(item));
    },
    Map: (_, map) => {
      map.flow = map.items.length < 5 && map.items.every((pair) => isScalar(pair.value));
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

const untagged = (template: StackTemplate, type: string) =>
  resourcesOf({ template }, type).map(({ Properties: { Tags, ...properties } }) => properties);

test('an application is watched by its alarms and its budget', () => {
  expect(
    readable({
      alarms: untagged(shop, 'AWS::CloudWatch::Alarm'),
      budgets: untagged(shop, 'AWS::Budgets::Budget'),
    }),
  ).toMatchSnapshot();
});

test('alerts go to encrypted topics of the owner and the contact', () => {
  expect(
    readable({
      topics: untagged(foundation, 'AWS::SNS::Topic'),
      policies: untagged(foundation, 'AWS::SNS::TopicPolicy'),
      keys: untagged(foundation, 'AWS::KMS::Key').filter((k) => k['Description'] === plan.topics.key.description),
      aliases: untagged(foundation, 'AWS::KMS::Alias').filter((a) => a['AliasName'] === plan.topics.key.alias),
    }),
  ).toMatchSnapshot();
});

test('the environment is watched by its alarms and its dashboard', () => {
  const { Overview: overview = { Resources: {} }, Dashboard = { Resources: {} } } = templates;
  const [dashboard] = untagged(Dashboard, 'AWS::CloudWatch::Dashboard');
  expect(
    readable({
      alarms: untagged(overview, 'AWS::CloudWatch::Alarm'),
      dashboard: { ...dashboard, DashboardBody: bodyOf(dashboard) },
    }),
  ).toMatchSnapshot();
});

test("the dashboard's template reads the ids of profiles from the parameter that the application's stack writes", () => {
  const { Dashboard: { Parameters } = { Parameters: {} } } = templates;
  const [parameter] = resourcesOf({ shop }, 'AWS::SSM::Parameter').filter(({ id }) => id === 'shop.ProfileIds');
  const profiles = resourcesOf({ shop }, 'AWS::Bedrock::ApplicationInferenceProfile').map(({ id }) => id.split('.')[1]);
  expect(Object.values(Parameters as object)).toContainEqual({
    Type: 'AWS::SSM::Parameter::Value<String>',
    Default: parameter?.Properties['Name'],
    Description: 'ids of the profiles of shop',
  });
  expect(parameter?.Properties['Name']).toBe('/bedrock-access/dev.profiles/shop');
  expect(parameter?.Properties['Value']).toEqual({
    'Fn::Join': [',', profiles.map((id) => ({ 'Fn::GetAtt': [id, 'InferenceProfileId'] }))],
  });
});

test('alarms, dashboards, topics and keys have the tags of their application or environment', () => {
  const types = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::SNS::Topic', 'AWS::KMS::Key'];
  const tagged = types.flatMap((type) => resourcesOf(templates, type));
  const owner = (tags: unknown): unknown =>
    (tags as readonly { readonly Key: string; readonly Value: string }[]).find(({ Key }) => Key === 'BedrockAccess')
      ?.Value;
  expect(tagged.length).toBeGreaterThan(14);
  expect(
    tagged.filter(({ id, Properties }) => owner(Properties['Tags']) !== (id.startsWith('shop.') ? 'dev/shop' : 'dev')),
  ).toEqual([]);
});

/** Plans this many applications with the longest names, each with its own owner. */
const many = (count: number): AccessPlan =>
  planOf(
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `n${String(i).padStart(23, '0')}`,
        application({ owner: `t${i}@example.com` }),
      ]),
    ),
    { name: longName(20) },
  );

test('every dashboard of 1,000 applications fits into a template', () => {
  const plan = many(1000);
  const sizes = plan.dashboards.slice(0, 2).map((page, i) => {
    const env = { account: '111122223333', region: 'us-east-1' };
    const template = Template.fromStack(new DashboardStack(new App(), `Dashboard-${i}`, { plan, page, env })).toJSON();
    // CloudFormation takes 200 parameters.
    expect(Object.keys(template['Parameters']).length).toBeLessThanOrEqual(200);
    return Buffer.byteLength(JSON.stringify(template));
  });
  expect(plan.dashboards.length).toBeLessThanOrEqual(12);
  expect(Math.max(...sizes)).toBeLessThan(950_000);
});

test("with more than 200 owners an application depends on the stack of its owner's topic", () => {
  const { applications, ...others } = many(201);
  const [first, second, ...rest] = applications;
  const some = applications.filter((a) => a === first || a === second);
  const stage = new EnvironmentStage(new App(), { plan: { ...others, applications: some, dashboards: [] } });
  const stackOf = (id: string): Stack => stage.node.findChild(id) as Stack;
  const needs = some.map(({ name }) => stackOf(name).dependencies.map(({ node }) => node.id));
  expect(rest).toHaveLength(199);
  expect(stage.node.children.filter(({ node }) => node.id.startsWith('Alerts-'))).toHaveLength(16);
  expect(needs).toEqual(some.map(({ owner }) => ['Foundation', stackOfTopic(others.topics, owner)]));
  expect(stackOf('Overview').dependencies.map(({ node }) => node.id)).toEqual(['Foundation']);
});
