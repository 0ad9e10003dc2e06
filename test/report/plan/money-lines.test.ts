import { applicationMoneyLines, ownCostLine } from '../../../lib/report/plan/money-lines';
import { application, planOf } from '../../plan/environments';

const linesOf = (changes: Readonly<Record<string, unknown>>) => {
  const plan = planOf({ shop: application(changes) });
  return plan.applications.flatMap((a) => applicationMoneyLines(a, plan));
};
const budget = { monthlyUsd: 500, alerts: [50, 100], forecast: [100], notify: ['a@example.com', 'b@example.com'] };
const TOPIC = '5 alarms; alerts go to team@example.com, topic dev_alerts-';

test.each([
  [
    'no budget',
    {},
    ['  no budget', '  no limit a day; at a limit nobody is denied, its alerts tell of it', `  ${TOPIC}`],
  ],
  [
    'a budget, a tenth of which is the daily limit',
    { budget },
    [
      '  budget $500.00 a month, told at 50 %, 100 % billed; 100 % forecast: a@example.com, b@example.com',
      '  limit a day $50.00, estimated by the meter; at a limit nobody is denied, its alerts tell of it',
      `  ${TOPIC.replace('5', '6')}`,
    ],
  ],
  [
    'a budget that denies',
    { budget: { ...budget, atLimit: 'deny' } },
    [
      '  budget $500.00 a month, told at 50 %, 100 % billed; 100 % forecast: a@example.com, b@example.com',
      '  limit a day $50.00, estimated by the meter; at 100 % of the budget billed everybody is denied its profiles, until the next period or budget dev shop --release',
      `  ${TOPIC.replace('5', '6')}`,
    ],
  ],
  [
    'a budget and a daily limit that deny',
    { budget: { ...budget, atLimit: 'deny' }, alarms: { dailyUsd: 40 } },
    [
      '  budget $500.00 a month, told at 50 %, 100 % billed; 100 % forecast: a@example.com, b@example.com',
      "  limit a day $40.00, estimated by the meter; at 100 % of the budget billed or the day's limit everybody is denied its profiles, until the next period or budget dev shop --release",
      `  ${TOPIC.replace('5', '6')}`,
    ],
  ],
])('the money of an application with %s', (_, changes, lines) => {
  expect(linesOf(changes).map((line) => line.replace(/(dev_alerts-)[0-9a-f]{6}$/, '$1'))).toEqual(lines);
});

test('the costs of the project itself are one line with its most expensive items', () => {
  expect(ownCostLine(planOf({ shop: application() }))).toMatch(
    /^itself about \$\d+\.\d\d a month at list prices of us-east-1 \(\d{4}-\d\d-\d\d, no free tier\), without 1 probe of unknown price: (.+ \$\d+\.\d\d, ){3}.+ \$\d+\.\d\d; each item: --json$/,
  );
});
