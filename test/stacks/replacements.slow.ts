import { application, planOf } from '../plan/environments';
import { compareTemplates, type TemplateChange } from './compare-templates';
import { type Templates, templatesOf } from './synthesized';

type Fields = Readonly<Record<string, unknown>>;

const sonnet = { model: 'anthropic.claude-sonnet-4-6', routing: 'us' };
const notify = ['chat-team@example.com'];
const budget = { monthlyUsd: 500, alerts: [50, 100], forecast: [100], notify };
const FILE: Fields = {
  limits: { monthlyUsd: 2000 },
  costAllocationTags: 'activate',
  tags: { organization: 'acme' },
};

/** Synthesizes an environment of two applications, in which a test changes one of them or the rest of the file. */
function templates({ chat = {}, file = {} }: { readonly chat?: Fields; readonly file?: Fields } = {}): Templates {
  const models = { main: sonnet };
  const principals = [{ service: 'lambda.amazonaws.com' }, { role: 'support-chat-api' }];
  return templatesOf(
    planOf(
      {
        chat: application({ models, principals, budget, alarms: { throttlesPerMinute: 5, dailyUsd: 40 }, ...chat }),
        search: application({ budget: { ...budget, notify: ['search-team@example.com'] } }),
      },
      { ...FILE, ...file },
    ),
  );
}

const before = templates();
const BUDGET = 'AWS::Budgets::Budget';
const PROFILE = 'AWS::Bedrock::ApplicationInferenceProfile';

const changes: readonly (readonly [
  title: string,
  change: Parameters<typeof templates>[0],
  replaced: readonly string[],
])[] = [
  ['a threshold', { chat: { budget: { ...budget, alerts: [60, 100] } } }, [`chat ${BUDGET}`]],
  ['a forecast', { chat: { budget: { ...budget, forecast: [] } } }, [`chat ${BUDGET}`]],
  ['an address', { chat: { budget: { ...budget, notify: ['other@example.com'] } } }, [`chat ${BUDGET}`]],
  ['the monthly budget', { chat: { budget: { ...budget, monthlyUsd: 600 } } }, []],
  ['the limit of the environment', { file: { limits: { monthlyUsd: 3000 } } }, []],
  ['the removal of the limit', { file: { limits: {} } }, []],
  ['the cost centre', { chat: { costCenter: 'CC-9' } }, []],
  ['a tag of the environment', { file: { tags: { organization: 'other' } } }, ['Billing AWS::CE::AnomalySubscription']],
  ['the owner', { chat: { owner: 'other@example.com' } }, [`chat ${BUDGET}`]],
  [
    'the contact',
    { file: { contact: 'other@example.com' } },
    [`Billing ${BUDGET}`, 'Billing AWS::CE::AnomalySubscription'],
  ],
  ['a model', { chat: { models: { main: { ...sonnet, model: 'anthropic.claude-sonnet-5' } } } }, []],
  ['a routing', { chat: { models: { main: { ...sonnet, routing: 'global' } } } }, []],
  [
    'a model, with the old one as previous',
    { chat: { models: { main: { ...sonnet, model: 'anthropic.claude-sonnet-5', previous: sonnet } } } },
    [],
  ],
  ['an alarm', { chat: { alarms: { throttlesPerMinute: 9, dailyUsd: 40 } } }, []],
  ['the daily dollars of an alarm', { chat: { alarms: { throttlesPerMinute: 5, dailyUsd: 50 } } }, []],
  ['a principal', { chat: { principals: [{ service: 'ecs-tasks.amazonaws.com' }] } }, []],
  ['the change to costAllocationTags: leave', { file: { costAllocationTags: 'leave' } }, []],
];

const compared = new Map<string, TemplateChange>();
function changeOf(title: string, change: Parameters<typeof templates>[0]): TemplateChange {
  const known = compared.get(title) ?? compareTemplates(before, templates(change));
  compared.set(title, known);
  return known;
}

test.each(changes)('when this changes, CloudFormation replaces exactly these: %s', (title, change, replaced) => {
  expect(changeOf(title, change).replaced).toEqual(replaced);
});

test.each(changes)('when this changes, no new resource has the name of one that still exists: %s', (title, change) => {
  expect(changeOf(title, change).collisions).toEqual([]);
});

test.each(changes)('when this changes, this is what a deployment does: %s', (title, change) => {
  const { collisions: _, ...done } = changeOf(title, change);
  expect(done).toMatchSnapshot();
});

test('another model adds another profile, and the old one is removed', () => {
  const { added, removed } = changeOf('a model', changes.find(([title]) => title === 'a model')?.[1]);
  expect([added, removed]).toEqual([[`chat ${PROFILE}`], [`chat ${PROFILE}`]]);
});

test('the same templates change nothing', () => {
  expect(compareTemplates(before, templates())).toEqual({
    added: [],
    removed: [],
    updated: [],
    replaced: [],
    collisions: [],
  });
});

/** Replaces the name of a budget by the name without its digest. */
const fixedName = (from: Templates): Templates =>
  JSON.parse(JSON.stringify(from).replace(/"BudgetName":"dev_chat_[0-9a-f]{6}"/, '"BudgetName":"dev_chat"'));

test('a budget with a fixed name would collide with itself', () => {
  const after = templates({ chat: { budget: { ...budget, alerts: [60, 100] } } });
  expect(compareTemplates(fixedName(before), fixedName(after)).collisions).toEqual([`${BUDGET} "dev_chat"`]);
});

describe('in an application that is denied at its limit', () => {
  const deny = { ...budget, atLimit: 'deny' };
  const denied = templates({ chat: { budget: deny } });
  const ACTION = 'AWS::Budgets::BudgetsAction';

  test.each<[string, Fields, readonly string[]]>([
    ['a threshold', { budget: { ...deny, alerts: [60, 100] } }, [`chat ${BUDGET}`, `chat ${ACTION}`]],
    ['an address', { budget: { ...deny, notify: ['other@example.com'] } }, [`chat ${BUDGET}`, `chat ${ACTION}`]],
    ['the monthly budget', { budget: { ...deny, monthlyUsd: 600 } }, []],
    ['a principal', { budget: deny, principals: [{ service: 'ecs-tasks.amazonaws.com' }] }, []],
    ['a model', { budget: deny, models: { main: { ...sonnet, model: 'anthropic.claude-sonnet-5' } } }, []],
    ['the change to atLimit: notify', { budget }, []],
  ])('%s replaces exactly these, and no name collides', (_, chat, replaced) => {
    const change = compareTemplates(denied, templates({ chat }));
    expect([change.replaced, change.collisions]).toEqual([replaced, []]);
  });

  test('the change to atLimit: notify removes the denial, and Foundation keeps the function that detaches it', () => {
    const { removed, updated } = compareTemplates(denied, templates({ chat: { budget } }));
    // The permission for alarms that deny is removed, because there is no such alarm any more.
    expect(removed.filter((r) => r.startsWith('Foundation') || r.startsWith('Overview'))).toEqual([
      'Foundation AWS::Lambda::Permission',
    ]);
    expect(removed).toContain('chat Custom::BedrockAccessDenial');
    expect(updated.filter((r) => r.startsWith('Foundation'))).toEqual([]);
  });
});
