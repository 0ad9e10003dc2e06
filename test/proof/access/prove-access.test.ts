import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import type { AccessPlan } from '../../../lib/plan/environment/access-plan';
import { serviceRoles } from '../../../lib/plan/environment/service-roles';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { Assembly } from '../../cli/assembly';
import { withPrincipal } from '../mutations/mutated-account';
import { plannedAccount } from '../planned-account';

const { plan, account } = plannedAccount('dev');
type Account = typeof account;

const assembly = new Assembly('dev');
afterAll(() => assembly.dispose());

test.each(['dev', 'prod'] as const)('the templates of %s are proven, and the proof covers the whole plan', (name) => {
  const shipped = plannedAccount(name);
  const { violations, coverage, environment, region } = proveAccess(shipped.plan, shipped.account);
  expect(violations).toEqual([]);
  expect([environment, region]).toEqual([name, shipped.plan.region]);
  expect(coverage).toMatchObject(countsOf(shipped.plan));
  expect(coverage.denied).toBeGreaterThan(coverage.allowed);
  expect(coverage.skipped).toEqual([
    `the other policies of ${name === 'dev' ? 2 : 1} existing roles and users`,
    'service control policies: none were given (--scp FILE)',
    'session policies: none was given (--session FILE)',
    'VPC endpoint policies: none was given (--endpoint FILE)',
  ]);
});

function countsOf(plan: AccessPlan): object {
  const { applications, boundary, probeBoundary, functions } = plan;
  const services = serviceRoles(plan);
  const count = (of: (a: AccessPlan['applications'][number]) => number): number =>
    applications.reduce((n, a) => n + of(a), 0);
  const principals = services.length + count((a) => a.roles.length);
  const existing = count((a) => a.existingRoles.length + a.existingUsers.length);
  const profiles = 1 + count((a) => a.generations.length);
  // The statements of the verification count twice, because its boundary repeats them.
  const twice = functions[0].role.policy.statements.length;
  const shared = boundary.statements.length + probeBoundary.statements.length + twice;
  const own = services.reduce((n, { policy }) => n + policy.statements.length, 0);
  const statements = shared + own + count((a) => a.policies.reduce((n, p) => n + p.statements.length, 0));
  return {
    ...{ principals, plannedPrincipals: principals, existing, plannedExisting: existing },
    ...{ profiles, plannedProfiles: profiles, boundaries: 2 + services.length, trustPolicies: principals },
    ...{ statements, understood: statements, refused: 0 },
  };
}

test('the proof lists in words what the templates add to an existing user', () => {
  const alice = proveAccess(plan, account).adds.find((a) => a.principal === 'user alice');
  expect(alice?.what).toEqual([
    'calls of meta.llama4-maverick-17b-instruct-v1:0 (us) through the profile dev_market-report_draft_llama4-maverick-17b-instruct_770e75, and looking it up',
    'calls of amazon.nova-pro-v1:0 (regional) through the profile dev_market-report_polish_nova-pro_b5a7d8, and looking it up',
    'calls of mistral.pixtral-large-2502-v1:0 (us) through the profile dev_market-report_translate_pixtral-large-2502_bb590a, and looking it up',
    'reading the aliases of market-report',
  ]);
});

interface Case {
  readonly title: string;
  readonly changed: Account;
  readonly first: readonly [kind: string, message: string];
}

const without = <T extends { readonly name: string }>(list: readonly T[], name: string): readonly T[] =>
  list.filter((item) => item.name !== name);
const PROFILE = 'dev_support-chat_main_claude-sonnet-4-6_2caeab';
const anything = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Extra', Effect: 'Allow', Action: 's3:*', Resource: '*' }],
};

/** Reads the account of the templates after a change of one of them. */
function withTemplate(stack: string, mutate: Parameters<Assembly['mutated']>[1]): Account {
  return readTemplateAccount(assembly.mutated(stack, mutate), 'dev');
}

const CASES: readonly Case[] = [
  {
    title: 'the templates belong to another plan',
    changed: { ...account, planDigest: 'another' },
    first: [
      'coverage',
      'the templates were synthesized from another plan than dev has now; synthesize again with: npx cdk synth',
    ],
  },
  {
    title: 'a role of the plan is missing',
    changed: { ...account, principals: without(account.principals, 'dev_support-chat_lambda') },
    first: ['coverage', 'role dev_support-chat_lambda is in the plan and not in the templates'],
  },
  {
    title: 'the account is empty',
    changed: { ...account, principals: [], profiles: [], parameters: [], functions: [] },
    first: ['coverage', 'role dev_verification is in the plan and not in the templates'],
  },
  {
    title: 'a role is not in the plan',
    changed: withTemplate('support-chat', (t) =>
      t.add('Extra', {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: 'extra', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
      }),
    ),
    first: ['excess', 'the templates have a role that is not in the plan: arn:aws:iam::111122223333:role/extra'],
  },
  {
    title: 'two roles have one ARN',
    changed: { ...account, principals: [...account.principals, ...account.principals.slice(0, 1)] },
    first: [
      'undecided',
      'two principals of the templates have the ARN arn:aws:iam::111122223333:role/bedrock-access/dev/dev_code-review_github-code-review-677acd',
    ],
  },
  {
    title: 'the templates create a role that the file says exists',
    changed: withPrincipal(account, 'support-chat-api', (p) => ({ ...p, complete: true })),
    first: ['excess', 'the templates create role support-chat-api, which exists already according to the plan'],
  },
  {
    title: 'a function is not in the plan',
    changed: {
      ...account,
      functions: account.functions.flatMap((f) => [f, { ...f, name: 'extra' }]),
    },
    first: ['excess', 'the templates have a function that is not in the plan: extra'],
  },
  {
    title: 'a resource has an unsupported type',
    changed: withTemplate('support-chat', (t) =>
      t.add('Extra', {
        Type: 'AWS::Lambda::Url',
        Properties: { TargetFunctionArn: 'dev_verification', AuthType: 'NONE' },
      }),
    ),
    first: [
      'undecided',
      'assembly-dev/devsupportchat0EF25860.template.json at Resources.Extra: the access that AWS::Lambda::Url grants is not understood',
    ],
  },
  {
    title: 'a policy is attached to no role',
    changed: withTemplate('support-chat', (t) => {
      for (const policy of t.policies()) {
        policy.Properties.Roles = undefined;
      }
    }),
    first: ['coverage', 'role support-chat-api is in the plan and not in the templates'],
  },
  {
    title: 'a role has an extra inline policy',
    changed: withTemplate('support-chat', (t) => {
      t.role('dev_support-chat_lambda').Properties.Policies = [{ PolicyName: 'extra', PolicyDocument: anything }];
    }),
    first: [
      'excess',
      'role dev_support-chat_lambda may s3:GetObject on arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0; allowed by inline policy extra Sid Extra; the environment file does not ask for this',
    ],
  },
  {
    title: 'a role has an extra policy of AWS',
    changed: withTemplate('support-chat', (t) => {
      t.role('dev_support-chat_lambda').Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
    }),
    first: [
      'excess',
      'role dev_support-chat_lambda carries arn:aws:iam::aws:policy/AdministratorAccess, which the environment file does not name',
    ],
  },
  {
    title: 'an existing role gets another policy',
    changed: withTemplate('support-chat', (t) =>
      t.add('Extra', {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'extra', PolicyDocument: anything, Roles: ['support-chat-api'] },
      }),
    ),
    first: [
      'excess',
      'role support-chat-api may s3:GetObject on arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0; allowed by inline policy extra Sid Extra; the environment file does not ask for this',
    ],
  },
  {
    title: 'a user who is not in the plan gets a policy',
    changed: withTemplate('support-chat', (t) =>
      t.add('Extra', {
        Type: 'AWS::IAM::UserPolicy',
        Properties: { PolicyName: 'extra', PolicyDocument: anything, UserName: 'mallory' },
      }),
    ),
    first: ['excess', 'the templates have a user that is not in the plan: arn:aws:iam::111122223333:user/mallory'],
  },
  {
    title: 'a profile copies from another model',
    changed: withTemplate('support-chat', (t) => {
      const isMain = (r: { readonly Properties: { readonly InferenceProfileName?: string } }): boolean =>
        r.Properties.InferenceProfileName === PROFILE;
      t.resource(isMain).Properties.ModelSource.CopyFrom =
        'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-5';
    }),
    first: [
      'resource',
      'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/o7ogs5na1cap: copies from arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-5; the plan has arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6',
    ],
  },
];

test.each(CASES)('the proof fails if $title', ({ changed, first }) => {
  const [violation] = proveAccess(plan, changed).violations;
  expect([violation?.kind, violation?.message.replace(/^\S*(?=assembly-dev)/, '')]).toEqual(first);
});
