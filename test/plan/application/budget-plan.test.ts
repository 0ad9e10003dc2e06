import { application, longName, planOf } from '../environments';

const notify = ['chat-team@example.com', 'finance@example.com'];
const given = { monthlyUsd: 500, alerts: [50, 100], forecast: [100], notify };
const budgetOf = (budget: object, changes: object = {}, file: object = {}) =>
  planOf({ chat: application({ budget, ...changes }) }, { ...file }).applications[0]?.budget;

test('a budget of an application has its filter, its thresholds and its subscribers', () => {
  const to = { addresses: notify, topicArn: expect.stringMatching(/^arn:aws:sns:us-east-1:111122223333:dev_alerts-/) };
  expect(budgetOf(given)).toEqual({
    name: expect.stringMatching(/^dev_chat_[0-9a-f]{6}$/),
    monthlyUsd: 500,
    filters: ['user:BedrockAccess$dev/chat'],
    notices: [
      { type: 'ACTUAL', percent: 50, ...to },
      { type: 'ACTUAL', percent: 100, ...to },
      { type: 'FORECASTED', percent: 100, ...to },
    ],
    tags: { Application: 'chat', BedrockAccess: 'dev/chat', CostCenter: 'CC-1', Owner: 'team@example.com' },
  });
});

test('the budget of an environment counts each application, and notifies the contact', () => {
  const { billing } = planOf(
    { chat: application(), search: application() },
    { limits: { monthlyUsd: 2000 }, tags: { organization: 'acme' } },
  );
  const to = { addresses: ['platform@example.com'], topicArn: expect.stringMatching(/:dev_alerts-[0-9a-f]{6}$/) };
  expect(billing).toEqual({
    budget: {
      name: expect.stringMatching(/^dev_[0-9a-f]{6}$/),
      monthlyUsd: 2000,
      filters: ['user:BedrockAccess$dev/chat', 'user:BedrockAccess$dev/search'],
      notices: [
        { type: 'ACTUAL', percent: 80, ...to },
        { type: 'ACTUAL', percent: 100, ...to },
        { type: 'FORECASTED', percent: 100, ...to },
      ],
      tags: {
        organization: 'acme',
        Application: 'bedrock-access',
        BedrockAccess: 'dev',
        CostCenter: 'bedrock-access',
        Owner: 'platform@example.com',
      },
    },
    ofApplications: false,
  });
});

test('an application without a budget and an environment without a limit have no budget', () => {
  const { applications, billing } = planOf({ chat: application() });
  expect([applications[0]?.budget, billing.budget]).toEqual([undefined, undefined]);
});

test('a budget without thresholds notifies its addresses at 100 percent', () => {
  const { notices = [] } = budgetOf({ monthlyUsd: 5, notify: ['a@example.com'] }) ?? {};
  expect(notices.map(({ type, percent }) => [type, percent])).toEqual([['ACTUAL', 100]]);
});

const [before] = [budgetOf(given)];

test.each<[what: string, budget: object, changes?: object]>([
  ['a threshold', { ...given, alerts: [60, 100] }],
  ['a forecast', { ...given, forecast: [] }],
  ['an address', { ...given, notify: ['other@example.com'] }],
  ['the order of thresholds', { ...given, alerts: [100, 50] }],
  ['the owner, whose topic is notified', given, { owner: 'other@example.com' }],
])('a change of %s makes another budget, with another name', (...[, budget, changes]) => {
  expect(budgetOf(budget, changes)?.name).not.toBe(before?.name);
});

test.each<[what: string, budget: object, changes?: object, file?: object]>([
  ['the dollars', { ...given, monthlyUsd: 600 }],
  ['the cost centre', given, { costCenter: 'CC-9' }],
  ['a tag', given, {}, { tags: { organization: 'acme' } }],
])('a change of %s keeps the budget and its name', (...[, budget, changes, file]) => {
  expect(budgetOf(budget, changes, file)?.name).toBe(before?.name);
});

test('the longest names fit AWS Budgets, and remain different', () => {
  const name = longName(20);
  const names = [0, 1].map(
    (i) => planOf({ [longName(24, i)]: application({ budget: given }) }, { name }).applications[0]?.budget?.name ?? '',
  );
  expect(new Set(names).size).toBe(2);
  expect(names.filter((n) => n.length < 40 || n.length > 100)).toEqual([]);
});
