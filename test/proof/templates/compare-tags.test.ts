import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { compareBudgets } from '../../../lib/proof/templates/compare-budgets';
import { compareTags } from '../../../lib/proof/templates/compare-tags';
import { Assembly, type MutableTemplate } from '../../cli/assembly';

const dev = new Assembly('dev');
afterAll(() => dev.dispose());

const accountOf = (stack: string, mutate: (template: MutableTemplate) => void) =>
  readTemplateAccount(dev.mutated(stack, mutate), 'dev');
const whole = readTemplateAccount(dev.original, 'dev');
const messages = (findings: readonly { readonly message: string }[]) => findings.map(({ message }) => message);

const LAMBDA = 'dev_support-chat_lambda';
const isProfile = (r: { readonly Type: string }) => r.Type === 'AWS::Bedrock::ApplicationInferenceProfile';
const isBudget = (r: { readonly Type: string }) => r.Type === 'AWS::Budgets::Budget';

/** Returns a list of tags with a value for a key, or without the key. */
const withTag = (tags: readonly { readonly Key: string }[], Key: string, Value?: string) => [
  ...tags.filter((tag) => tag.Key !== Key),
  ...(Value === undefined ? [] : [{ Key, Value }]),
];

test('the templates of the test environment have all required tags', () => {
  expect([compareTags(dev.plan, whole), compareBudgets(dev.plan, whole)]).toEqual([[], []]);
  expect(whole.budgets.length).toBe(dev.plan.applications.length + 1);
});

const CHANGES: readonly (readonly [title: string, mutate: (t: MutableTemplate) => void, says: readonly string[]])[] = [
  [
    'a role without a tag that the file requires',
    (t) => {
      const { Properties } = t.role(LAMBDA);
      Properties.Tags = withTag(Properties.Tags, 'CostCenter');
    },
    [
      'this role lacks the tag CostCenter, which the environment file requires',
      "has the tag CostCenter ''; the plan has 'CC-1042'",
    ],
  ],
  [
    'a profile without a tag that the file requires',
    (t) => {
      const { Properties } = t.resource(isProfile);
      Properties.Tags = withTag(Properties.Tags, 'Owner');
    },
    ['this profile lacks the tag Owner, which the environment file requires'],
  ],
  [
    'a budget without a tag that the file requires',
    (t) => {
      const { Properties } = t.resource(isBudget);
      Properties.ResourceTags = withTag(Properties.ResourceTags, 'Owner');
    },
    [
      'this budget lacks the tag Owner, which the environment file requires',
      "has the tag Owner ''; the plan has 'chat-team@example.com'",
    ],
  ],
  [
    'an added role without tags',
    (t) => t.add('Later', { Type: 'AWS::IAM::Role', Properties: { RoleName: 'later', AssumeRolePolicyDocument: {} } }),
    ['Application', 'CostCenter', 'Owner'].map(
      (key) => `this role lacks the tag ${key}, which the environment file requires`,
    ),
  ],
  [
    'a tag with an empty value',
    (t) => {
      const { Properties } = t.role(LAMBDA);
      Properties.Tags = withTag(Properties.Tags, 'Owner', '');
    },
    [
      'this role lacks the tag Owner, which the environment file requires',
      "has the tag Owner ''; the plan has 'chat-team@example.com'",
      expect.stringMatching(
        /^has the tag Owner '', but its profile dev_support-chat_\S+ has Owner 'chat-team@example.com'$/,
      ),
    ],
  ],
  [
    'a tag with different values on role and profile',
    (t) => {
      const [role, profile] = [t.role(LAMBDA).Properties, t.resource(isProfile).Properties];
      role.Tags = withTag(role.Tags, 'Team', 'chat');
      profile.Tags = withTag(profile.Tags, 'team', 'search');
    },
    [expect.stringMatching(/^has the tag Team 'chat', but its profile dev_support-chat_\S+ has team 'search'$/)],
  ],
];

test.each(CHANGES)('%s is found', (_, mutate, says) => {
  expect(messages(compareTags(dev.plan, accountOf('support-chat', mutate)))).toEqual(says);
});

test.each<[string, (properties: MutableTemplate) => void, RegExp]>([
  [
    'counts without the prefix',
    (t) => {
      t.resource(isBudget).Properties.Budget.CostFilters.TagKeyValue = ['BedrockAccess$dev/support-chat'];
    },
    /^has the filter \{"TagKeyValue":\["BedrockAccess\$dev\/support-chat"\]\}; the plan has \{"TagKeyValue":\["user:BedrockAccess\$dev\/support-chat"\]\}$/,
  ],
  [
    'counts another application',
    (t) => {
      t.resource(isBudget).Properties.Budget.CostFilters.TagKeyValue = ['user:BedrockAccess$dev/code-review'];
    },
    /^has the filter \{/,
  ],
  [
    'counts everything',
    (t) => {
      t.resource(isBudget).Properties.Budget.CostFilters = {};
    },
    /^has the filter \{\}; /,
  ],
  [
    'has a higher limit',
    (t) => {
      t.resource(isBudget).Properties.Budget.BudgetLimit.Amount = 5000;
    },
    /^is a budget of \$5000; the plan has \$500$/,
  ],
  [
    'is in another currency',
    (t) => {
      t.resource(isBudget).Properties.Budget.BudgetLimit.Unit = 'JPY';
    },
    /^is \{.*"Unit":"JPY"\}; the plan has \{.*"Unit":"USD"\}$/,
  ],
  [
    'is for a year',
    (t) => {
      t.resource(isBudget).Properties.Budget.TimeUnit = 'ANNUALLY';
    },
    /^is \{.*"TimeUnit":"ANNUALLY".*; the plan has \{.*"TimeUnit":"MONTHLY"/,
  ],
  [
    'subtracts credits, so that it never notifies',
    (t) => {
      t.resource(isBudget).Properties.Budget.CostTypes.IncludeCredit = true;
    },
    /^is \{.*"IncludeCredit":true/,
  ],
  [
    'begins in another year',
    (t) => {
      t.resource(isBudget).Properties.Budget.TimePeriod = { Start: '1900000000' };
    },
    /^is \{.*"TimePeriod":\{"Start":"1900000000"\}/,
  ],
])('a budget that %s is not the planned one', (_, mutate, says) => {
  expect(messages(compareBudgets(dev.plan, accountOf('support-chat', mutate)))).toEqual([expect.stringMatching(says)]);
});

test('a budget without subscribers, or with other subscribers, is not the planned one', () => {
  const account = accountOf('support-chat', (t) => {
    const [first, , ...others] = t.resource(isBudget).Properties.NotificationsWithSubscribers;
    first.Subscribers[0].Address = 'stranger@example.com';
    t.resource(isBudget).Properties.NotificationsWithSubscribers = [first, ...others];
  });
  const topic = dev.plan.applications.find(({ name }) => name === 'support-chat')?.budget?.notices[0]?.topicArn;
  expect(messages(compareBudgets(dev.plan, account))).toEqual([
    'lacks the notification of the plan: ACTUAL above 50 percent: EMAIL chat-team@example.com',
    'lacks the notification of the plan: ACTUAL above 80 percent: EMAIL chat-team@example.com',
    `lacks the notification of the plan: ACTUAL above 80 percent: SNS ${topic}`,
    'has a notification that is not in the plan: ACTUAL above 50 percent: EMAIL stranger@example.com',
  ]);
});

test('a budget with another name is an extra budget, and the planned one is missing', () => {
  const account = accountOf('support-chat', (t) => {
    t.resource(isBudget).Properties.Budget.BudgetName = 'other';
  });
  expect(messages(compareBudgets(dev.plan, account))).toEqual([
    'the templates have a budget that is not in the plan',
    'is in the plan and not in the templates',
  ]);
});

test('the proof names the resource that lacks the tag', () => {
  const account = accountOf('support-chat', (t) => {
    const { Properties } = t.role(LAMBDA);
    Properties.Tags = withTag(Properties.Tags, 'CostCenter');
  });
  const violation = proveAccess(dev.plan, account).violations.find(({ message }) => message.includes('lacks the tag'));
  expect(violation).toMatchObject({
    kind: 'resource',
    about: `arn:aws:iam::111122223333:role/bedrock-access/dev/${LAMBDA}`,
    message: `arn:aws:iam::111122223333:role/bedrock-access/dev/${LAMBDA}: this role lacks the tag CostCenter, which the environment file requires`,
  });
  expect(account.origins.get(violation?.about ?? '')).toMatchObject({ type: 'AWS::IAM::Role' });
});
