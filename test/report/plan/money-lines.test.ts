import { applicationMoneyLines, ownCostLine } from '../../../lib/report/plan/money-lines';
import { application, planOf } from '../../plan/environments';

const linesOf = (changes: Readonly<Record<string, unknown>>) => {
  const plan = planOf({ shop: application(changes) });
  return plan.applications.flatMap((a) => applicationMoneyLines(a, plan));
};
const budget = { monthlyUsd: 500, alerts: [50, 100], forecast: [100], notify: ['a@example.com', 'b@example.com'] };
const TOPIC = '5 alarms; alerts go to team@example.com, topic dev_alerts-';

test.each([
  ['no budget', {}, ['  no budget', '  no daily limit; a limit only sends alerts and denies nothing', `  ${TOPIC}`]],
  [
    'a budget, a tenth of which is the daily limit',
    { budget },
    [
      '  budget $500.00 a month, alerts at 50 %, 100 % billed; 100 % forecast: a@example.com, b@example.com',
      '  daily limit $50.00, estimated by the meter; a limit only sends alerts and denies nothing',
      `  ${TOPIC.replace('5', '6')}`,
    ],
  ],
  [
    'a budget that denies',
    { budget: { ...budget, atLimit: 'deny' } },
    [
      '  budget $500.00 a month, alerts at 50 %, 100 % billed; 100 % forecast: a@example.com, b@example.com',
      '  daily limit $50.00, estimated by the meter; at 100 % of the budget billed, all principals are denied its profiles until the next period or until budget dev shop --release',
      '  denied by hand with: npx bedrock-access budget dev shop --deny "REASON"',
      `  ${TOPIC.replace('5', '6')}`,
    ],
  ],
  [
    'a budget and a daily limit that deny',
    { budget: { ...budget, atLimit: 'deny' }, alarms: { dailyUsd: 40 } },
    [
      '  budget $500.00 a month, alerts at 50 %, 100 % billed; 100 % forecast: a@example.com, b@example.com',
      '  daily limit $40.00, estimated by the meter; at 100 % of the budget billed or the daily limit, all principals are denied its profiles until the next period or until budget dev shop --release',
      '  denied by hand with: npx bedrock-access budget dev shop --deny "REASON"',
      `  ${TOPIC.replace('5', '6')}`,
    ],
  ],
])('the money of an application with %s', (_, changes, lines) => {
  expect(linesOf(changes).map((line) => line.replace(/(dev_alerts-)[0-9a-f]{6}$/, '$1'))).toEqual(lines);
});

test('a daily limit that follows from the budget says what it does not count, instead of pretending a whole figure', () => {
  const models = {
    main: { model: 'anthropic.claude-haiku-4-5-20251001-v1:0', routing: 'in' },
    next: { model: 'anthropic.claude-sonnet-5', routing: 'global' },
  };
  const plan = planOf({ shop: application({ models, budget }) }, { region: 'ap-south-1' });
  expect(plan.applications.flatMap((a) => applicationMoneyLines(a, plan))[2]).toBe(
    '  not counted in the daily limit, price unknown: input, output of main (anthropic.claude-haiku-4-5-20251001-v1:0)',
  );
});

test('the costs of the project itself are one line with its most expensive items', () => {
  expect(ownCostLine(planOf({ shop: application() }))).toMatch(
    /^own cost about \$\d+\.\d\d a month at list prices of us-east-1 \(\d{4}-\d\d-\d\d, no free tier\), without 1 probe of unknown price: (.+ \$\d+\.\d\d, ){3}.+ \$\d+\.\d\d; --json lists every item$/,
  );
});
