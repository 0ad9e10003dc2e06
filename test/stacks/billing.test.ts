import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { REGIONS_WITHOUT_BUDGETS } from '../../lib/catalog/region';
import type { AccessPlan } from '../../lib/plan/environment/access-plan';
import { planAnomalies } from '../../lib/plan/environment/anomaly-plan';
import { billingStacks } from '../../lib/plan/environment/billing-plan';
import model from '../plan/application/budget-model.json';
import { application, place, planOf, REGIONS, worksFrom } from '../plan/environments';
import { sharedAssembly } from './shared-assembly';
import { environmentTemplates, resourcesOf, type Templates, templatesOf } from './synthesized';

const ARN = 'arn:aws:ce::111122223333:anomalymonitor/12345678-1234-1234-1234-123456789012';
const BUDGET = 'AWS::Budgets::Budget';
const MONITOR = 'AWS::CE::AnomalyMonitor';
const SUBSCRIPTION = 'AWS::CE::AnomalySubscription';
const budget = { monthlyUsd: 500, alerts: [50, 100], forecast: [100], notify: ['chat@example.com'] };
const tagList = (tags: object) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const notification = (type: string, percent: number, address: string) => ({
  Notification: {
    NotificationType: type,
    ComparisonOperator: 'GREATER_THAN',
    Threshold: percent,
    ThresholdType: 'PERCENTAGE',
  },
  Subscribers: [
    { SubscriptionType: 'EMAIL', Address: address },
    {
      SubscriptionType: 'SNS',
      Address: expect.stringMatching(/^arn:aws:sns:us-east-1:111122223333:dev_alerts-[0-9a-f]{6}$/),
    },
  ],
});

test('an application has its complete budget in its own stack', () => {
  const { chat, Billing } = templatesOf(planOf({ chat: application({ budget }) }));
  expect(Billing).toBeUndefined();
  expect(resourcesOf({ chat } as Templates, BUDGET)).toEqual([
    {
      id: 'chat.Budget',
      Type: BUDGET,
      Properties: {
        Budget: {
          BudgetName: expect.stringMatching(/^dev_chat_[0-9a-f]{6}$/),
          BudgetType: 'COST',
          TimeUnit: 'MONTHLY',
          BudgetLimit: { Amount: 500, Unit: 'USD' },
          CostFilters: { TagKeyValue: ['user:BedrockAccess$dev/chat'] },
          CostTypes: { IncludeCredit: false, IncludeRefund: false },
        },
        NotificationsWithSubscribers: [
          notification('ACTUAL', 50, 'chat@example.com'),
          notification('ACTUAL', 100, 'chat@example.com'),
          notification('FORECASTED', 100, 'chat@example.com'),
        ],
        ResourceTags: tagList({
          Application: 'chat',
          BedrockAccess: 'dev/chat',
          CostCenter: 'CC-1',
          Owner: 'team@example.com',
        }),
      },
    },
  ]);
});

const PAYER = { limits: { monthlyUsd: 2000 }, costAllocationTags: 'activate' };
const environmentTags = tagList({
  Application: 'bedrock-access',
  BedrockAccess: 'dev',
  CostCenter: 'bedrock-access',
  Owner: 'platform@example.com',
});

test('the Billing stack of a payer account has exactly these resources', () => {
  const { Billing } = templatesOf(planOf({ chat: application(), search: application() }, PAYER));
  const resources = Object.values(Billing?.Resources ?? {});
  const monitor = (name: string) => ({
    Type: MONITOR,
    Properties: {
      MonitorName: expect.stringMatching(new RegExp(`^dev_${name}_anomalies-[0-9a-f]{6}$`)),
      MonitorType: 'CUSTOM',
      MonitorSpecification: JSON.stringify({ Tags: { Key: 'Application', Values: [name] } }),
      ResourceTags: environmentTags,
    },
  });
  const monitors = Object.entries(Billing?.Resources ?? {}).flatMap(([id, r]) => (r.Type === MONITOR ? [id] : []));
  expect(resources).toEqual([
    {
      Type: BUDGET,
      Properties: {
        Budget: {
          BudgetName: expect.stringMatching(/^dev_[0-9a-f]{6}$/),
          BudgetType: 'COST',
          TimeUnit: 'MONTHLY',
          BudgetLimit: { Amount: 2000, Unit: 'USD' },
          CostFilters: { TagKeyValue: ['user:BedrockAccess$dev/chat', 'user:BedrockAccess$dev/search'] },
          CostTypes: { IncludeCredit: false, IncludeRefund: false },
        },
        NotificationsWithSubscribers: [
          notification('ACTUAL', 80, 'platform@example.com'),
          notification('ACTUAL', 100, 'platform@example.com'),
          notification('FORECASTED', 100, 'platform@example.com'),
        ],
        ResourceTags: environmentTags,
      },
    },
    monitor('chat'),
    monitor('search'),
    {
      Type: SUBSCRIPTION,
      Properties: {
        SubscriptionName: expect.stringMatching(/^dev_anomalies-[0-9a-f]{6}$/),
        Frequency: 'DAILY',
        MonitorArnList: monitors.map((id) => ({ 'Fn::GetAtt': [id, 'MonitorArn'] })),
        Subscribers: [{ Type: 'EMAIL', Address: 'platform@example.com' }],
        ThresholdExpression: JSON.stringify({
          Dimensions: {
            Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
            MatchOptions: ['GREATER_THAN_OR_EQUAL'],
            Values: ['50'],
          },
        }),
        ResourceTags: environmentTags,
      },
    },
  ]);
});

/** Reads the Region of each stack of an environment, by the stack's name. */
function regionsOf(plan: AccessPlan): Readonly<Record<string, string>> {
  const stage = join(sharedAssembly(plan), `assembly-${plan.environment}`);
  const { artifacts } = JSON.parse(readFileSync(join(stage, 'manifest.json'), 'utf8')) as {
    readonly artifacts: Readonly<Record<string, { readonly displayName?: string; readonly environment?: string }>>;
  };
  return Object.fromEntries(
    Object.values(artifacts).flatMap(({ displayName = '', environment = '' }) =>
      environment === '' ? [] : [[displayName.split('/')[1] ?? displayName, environment.split('/').at(-1) ?? '']],
    ),
  );
}

const inRegion = (region: string, file: object = {}): AccessPlan =>
  planOf({ chat: application({ budget, models: { main: worksFrom(region)[0] } }) }, { region, ...file });

test('only the Billing stack is in us-east-1, wherever the environment is', () => {
  expect(regionsOf(inRegion('eu-west-2', PAYER))).toEqual({
    Billing: 'us-east-1',
    Dashboard: 'eu-west-2',
    Foundation: 'eu-west-2',
    Overview: 'eu-west-2',
    chat: 'eu-west-2',
  });
});

test.each(REGIONS)('an application in %s has its own budget if CloudFormation has the type there', (region) => {
  const { applications, billing } = inRegion(region);
  const together = billingStacks({ billing, applications }).flat();
  expect(together).toEqual(REGIONS_WITHOUT_BUDGETS.includes(region) ? applications : []);
});

test.each([
  ['eu-west-2', 'chat'],
  ['eu-central-2', 'Billing'],
])('the only budget of an application in %s is in the stack %s', (region, stack) => {
  const budgets = resourcesOf(templatesOf(inRegion(region)), BUDGET).map(({ id }) => id.split('.')[0]);
  expect(budgets).toEqual([stack]);
});

test("an application's budget in us-east-1 has the tags of the application", () => {
  const [resource] = resourcesOf(templatesOf(inRegion('eu-central-2')), BUDGET);
  expect(resource?.Properties['ResourceTags']).toEqual(
    tagList({ Application: 'chat', BedrockAccess: 'dev/chat', CostCenter: 'CC-1', Owner: 'team@example.com' }),
  );
});

test('there is no Billing stack if it would be empty', () => {
  expect(Object.keys(templatesOf(planOf({ chat: application({ budget }) }))).sort()).toEqual([
    'Dashboard',
    'Foundation',
    'Overview',
    'chat',
  ]);
});

/** Reads the stacks that each stack of an environment depends on. */
function dependenciesIn(folder: string): Readonly<Record<string, readonly string[]>> {
  const stage = join(folder, 'assembly-dev');
  const { artifacts } = JSON.parse(readFileSync(join(stage, 'manifest.json'), 'utf8')) as {
    readonly artifacts: Readonly<
      Record<string, { readonly displayName?: string; readonly dependencies?: readonly string[] }>
    >;
  };
  const name = (id: string): string => artifacts[id]?.displayName?.split('/')[1] ?? '';
  return Object.fromEntries(
    Object.entries(artifacts).map(([id, { dependencies = [] }]) => [
      name(id),
      dependencies.map(name).filter((other) => other !== '' && !other.endsWith('.assets')),
    ]),
  );
}

test("only a budget in us-east-1 that denies at its limit depends on its application's stack, which has the policy", () => {
  const models = { main: worksFrom('eu-central-2')[0] };
  const { Billing } = dependenciesIn(
    sharedAssembly(
      planOf(
        {
          chat: application({ models, budget: { ...budget, atLimit: 'deny' } }),
          search: application({ models, budget }),
        },
        { region: 'eu-central-2' },
      ),
    ),
  );
  expect(Billing).toEqual(['Foundation', 'chat']);
  expect(dependenciesIn(sharedAssembly(inRegion('eu-central-2')))['Billing']).toEqual(['Foundation']);
});

test('with more than ninety budgets a second stack has only budgets, and each stack depends on the stacks of its topics', () => {
  const models = { main: worksFrom('eu-central-2')[0] };
  const names = Array.from({ length: 201 }, (_, i) => `a${i}`);
  const plan = planOf(
    Object.fromEntries(
      names.map((n, i) => [n, application({ models, owner: `${n}@example.com`, ...(i < 91 && { budget }) })]),
    ),
    { ...PAYER, limits: { monthlyUsd: 90_000 }, region: 'eu-central-2' },
  );
  const folder = sharedAssembly(plan);
  const topics = Object.entries(plan.topics.stacks).filter(([, all]) =>
    all.some(({ addresses }) => addresses.includes('a0@example.com')),
  );
  expect(dependenciesIn(folder)['Billing']).toEqual(
    expect.arrayContaining(['Foundation', ...topics.map(([stack]) => stack)]),
  );
  const stage = join(folder, 'assembly-dev');
  const types = readdirSync(stage)
    .filter((file) => /^devBilling.*\.template\.json$/.test(file))
    .map((file) =>
      Object.values(JSON.parse(readFileSync(join(stage, file), 'utf8')).Resources as Templates[string]['Resources']),
    )
    .map((resources) => resources.map(({ Type }) => Type).sort());
  const budgets = (count: number) => Array.from({ length: count }, () => BUDGET);
  expect(types.sort((a, b) => a.length - b.length)).toEqual([
    budgets(1),
    [...budgets(91), ...Array.from({ length: 67 }, () => MONITOR), SUBSCRIPTION],
  ]);
});

test('cost anomaly monitors are created only in a payer account', () => {
  expect(resourcesOf(templatesOf(planOf({ chat: application() }, { limits: { monthlyUsd: 9 } })), MONITOR)).toEqual([]);
});

test('a thousand applications share a hundred monitors, ten each', () => {
  const names = Array.from({ length: 1000 }, (_, i) => `a${i}`);
  const { monitors } = planAnomalies(place, names, 'platform@example.com', {});
  expect(monitors.length).toBe(100);
  expect(monitors.flatMap((m) => m.specification.Tags.Values)).toEqual(names);
  expect(new Set(monitors.map((m) => m.name)).size).toBe(100);
});

test('a thousand budgets in us-east-1 are in stacks of ninety', () => {
  const { applications, billing } = inRegion('eu-central-2');
  const many = Array.from({ length: 1000 }, () => applications).flat();
  const stacks = billingStacks({ billing, applications: many });
  expect(stacks.map((stack) => stack.length)).toEqual([...Array.from({ length: 11 }, () => 90), 10]);
});

const templates: readonly Templates[] = [
  environmentTemplates('dev'),
  environmentTemplates('prod'),
  templatesOf(planOf({ chat: application({ budget }), search: application() }, PAYER)),
];

test.each(Object.entries(model.schemas))('every %s matches its registry schema', (type, schema) => {
  const validate = new Ajv({ strict: false }).compile(schema);
  const resources = templates.flatMap((t) => resourcesOf(t, type));
  const resolved = resources.map((r) =>
    JSON.parse(JSON.stringify(r.Properties), (_, v) => (v?.['Fn::GetAtt'] ? ARN : v)),
  );
  expect(resolved.length).toBeGreaterThan(0);
  expect(resolved.flatMap((properties) => (validate(properties) ? [] : (validate.errors ?? [])))).toEqual([]);
});

test('the schema refuses a budget that CloudFormation would refuse', () => {
  const validate = new Ajv({ strict: false }).compile(model.schemas[BUDGET]);
  const [resource] = resourcesOf(environmentTemplates('dev'), BUDGET);
  const { Budget } = Object(resource?.Properties) as { readonly Budget: object };
  expect(validate({ Budget })).toBe(true);
  expect(validate({ Budget: { ...Budget, CostFilter: {} } })).toBe(false);
  expect(validate({ Budget: { ...Budget, BudgetLimit: { Amount: '500', Unit: 'USD' } } })).toBe(false);
});

interface BudgetProperties {
  readonly Budget: {
    readonly BudgetName: string;
    readonly TimeUnit: string;
    readonly CostFilters: Readonly<Record<string, readonly string[]>>;
  };
  readonly NotificationsWithSubscribers: readonly {
    readonly Notification: Readonly<Record<string, unknown>>;
    readonly Subscribers: readonly { readonly SubscriptionType: string; readonly Address: string }[];
  }[];
}

const budgets = templates
  .flatMap((t) => resourcesOf(t, BUDGET))
  .map(({ Properties }) => Properties as unknown as BudgetProperties);

test('AWS Budgets accepts the names, kinds and numbers', () => {
  const { service } = model;
  const name = new RegExp(service.BudgetName.pattern);
  const notifications = budgets.flatMap((b) => b.NotificationsWithSubscribers);
  expect(budgets.filter(({ Budget: { BudgetName: n } }) => !name.test(n) || n.length > 100)).toEqual([]);
  expect(budgets.filter((b) => b.NotificationsWithSubscribers.length > service.Notifications)).toEqual([]);
  expect(budgets.filter((b) => !service.TimeUnit.includes(b.Budget.TimeUnit))).toEqual([]);
  for (const key of ['NotificationType', 'ComparisonOperator', 'ThresholdType'] as const) {
    expect(notifications.filter((n) => !service[key].includes(String(n.Notification[key])))).toEqual([]);
  }
  const kinds = notifications.map(({ Subscribers: all }) =>
    service.SubscriptionType.map((kind) => all.filter((s) => s.SubscriptionType === kind).length),
  );
  expect(kinds.filter(([sns = 0, email = 0]) => sns !== service.SnsSubscribers || email > 10)).toEqual([]);
});

test("a budget filters by the profiles' tag, with the prefix user:, without which it shows $0", () => {
  for (const template of templates) {
    const tagValues = resourcesOf(template, 'AWS::Bedrock::ApplicationInferenceProfile').map((r) => {
      const tags = r.Properties['Tags'] as readonly { readonly Key: string; readonly Value: string }[];
      return `user:BedrockAccess$${tags.find(({ Key }) => Key === 'BedrockAccess')?.Value}`;
    });
    const filtered = resourcesOf(template, BUDGET).map(
      (r) => (r.Properties as unknown as BudgetProperties).Budget.CostFilters,
    );
    expect(filtered.length).toBeGreaterThan(0);
    expect(filtered.map((filters) => Object.keys(filters))).toEqual(filtered.map(() => ['TagKeyValue']));
    const values = filtered.flatMap((filters) => filters['TagKeyValue'] ?? []);
    expect(values.filter((value) => !tagValues.includes(value))).toEqual([]);
  }
});
