import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Document, isScalar, visit } from 'yaml';
import type { AccessPlan } from '../../lib/plan/environment/access-plan';
import { stackOfTopic } from '../../lib/plan/environment/topics-plan';
import { EnvironmentStage } from '../../lib/stacks/environment-stage';
import { OverviewStack } from '../../lib/stacks/overview-stack';
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

/** Parses a dashboard's body as CloudWatch gets it. The name of the resource stands for the id of a profile. */
function bodyOf(properties: Readonly<Record<string, unknown>> | undefined): unknown {
  const body = properties?.['DashboardBody'] as string | { readonly 'Fn::Join': readonly [string, readonly unknown[]] };
  if (typeof body === 'string') {
    return JSON.parse(body);
  }
  const [, parts] = body['Fn::Join'];
  return JSON.parse(
    parts
      .map((part) => {
        const [id, attribute] = (part as { readonly 'Fn::GetAtt'?: readonly string[] })['Fn::GetAtt'] ?? [];
        return typeof part === 'string' ? part : `<${attribute} of ${id}>`;
      })
      .join(''),
  );
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

test('an application is watched by its alarms, its dashboard and its budget', () => {
  const [dashboard] = untagged(shop, 'AWS::CloudWatch::Dashboard');
  expect(
    readable({
      alarms: untagged(shop, 'AWS::CloudWatch::Alarm'),
      dashboard: { ...dashboard, DashboardBody: bodyOf(dashboard) },
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

test('the environment is watched by its alarms and its overview', () => {
  const { Overview: overview = { Resources: {} } } = templates;
  const [dashboard] = untagged(overview, 'AWS::CloudWatch::Dashboard');
  expect(
    readable({
      alarms: untagged(overview, 'AWS::CloudWatch::Alarm'),
      dashboard: { ...dashboard, DashboardBody: bodyOf(dashboard) },
    }),
  ).toMatchSnapshot();
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

test('the overview of 1,000 applications fits into a template', () => {
  const { dashboards, alarms, ...others } = many(1000);
  const stack = new OverviewStack(new App(), 'Overview', {
    plan: { ...others, dashboards, alarms },
    env: { account: '111122223333', region: 'us-east-1' },
  });
  const template = Template.fromStack(stack).toJSON();
  expect(Buffer.byteLength(JSON.stringify(template))).toBeLessThan(950_000);
  expect(Object.keys(template['Resources']).length).toBeLessThan(50);
});

test("with more than 200 owners an application depends on the stack of its owner's topic", () => {
  const { applications, ...others } = many(201);
  const [first, second, ...rest] = applications;
  const some = applications.filter((a) => a === first || a === second);
  const stage = new EnvironmentStage(new App(), { plan: { ...others, applications: some } });
  const stackOf = (id: string): Stack => stage.node.findChild(id) as Stack;
  const needs = some.map(({ name }) => stackOf(name).dependencies.map(({ node }) => node.id));
  expect(rest).toHaveLength(199);
  expect(stage.node.children.filter(({ node }) => node.id.startsWith('Alerts-'))).toHaveLength(16);
  expect(needs).toEqual(some.map(({ owner }) => ['Foundation', stackOfTopic(others.topics, owner)]));
  expect(stackOf('Overview').dependencies.map(({ node }) => node.id)).toEqual(['Foundation']);
});
