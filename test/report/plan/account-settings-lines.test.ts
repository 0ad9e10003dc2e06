import { accountSettingsLines } from '../../../lib/report/plan/account-settings-lines';
import { application, planOf } from '../../plan/environments';

test.each([
  [{}, []],
  [
    { invocationLogging: {} },
    [
      'every call in this account and Region is logged to /bedrock-access/dev/invocations for 90 days, without prompts and answers',
    ],
  ],
  [
    { invocationLogging: { content: true, retentionDays: 7 } },
    [
      'every call in this account and Region is logged to /bedrock-access/dev/invocations for 7 days, with prompts and answers',
    ],
  ],
  [
    { costAllocationTags: 'activate', requiredTags: ['team'], tags: { team: 'x' } },
    [
      'cost allocation tags that are activated if this is the payer account: Application, BedrockAccess, CostCenter, Owner, team',
    ],
  ],
])('the plan of %j has the lines %j', (settings, lines) => {
  expect(accountSettingsLines(planOf({ shop: application() }, settings))).toEqual(lines);
});
