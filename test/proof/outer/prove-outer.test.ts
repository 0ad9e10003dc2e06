import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import { evaluate } from '../../../lib/iam/evaluate/evaluate';
import type { Policy } from '../../../lib/iam/policy/policy';
import { serviceRoles } from '../../../lib/plan/environment/service-roles';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import type { OuterPolicies } from '../../../lib/proof/outer/outer-policies';
import { application, planOf } from '../../plan/environments';
import { sharedAssembly } from '../../stacks/shared-assembly';
import { plannedAccount } from '../planned-account';
import cases from './outer.json';

const whole = plannedAccount('dev');
const one = plannedAccount('dev', 'support-chat');

const policy = (name: string, ...Statement: readonly object[]): Policy => ({
  name,
  document: { Version: '2012-10-17', Statement },
});
const allow = (Action: string | string[], more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const deny = (Action: string, Condition: object = {}) => ({
  Sid: 'No',
  Effect: 'Deny',
  Action,
  Resource: '*',
  Condition,
});

const FULL = policy('FullAWSAccess', allow('*'));
const withScp = (...statements: readonly object[]): OuterPolicies => ({
  serviceControl: [[FULL, policy('scp', ...statements)]],
});

function outcome(outer: OuterPolicies, { plan, account } = one): readonly string[] {
  return proveAccess(plan, account, outer).violations.map((v) => `${v.kind}: ${v.message}`);
}

function notLookedAt(outer: OuterPolicies): readonly string[] {
  return proveAccess(one.plan, one.account, outer).coverage.skipped.slice(3);
}

test('the policy that AWS attaches in every organization limits nothing', () => {
  expect(outcome({ serviceControl: [[FULL], [FULL]] }, whole)).toEqual([]);
});

const NO_OTHER_REGION = {
  Sid: 'OneRegion',
  Effect: 'Deny',
  NotAction: ['iam:*', 'sts:*', 'organizations:*', 'support:*'],
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } },
};
const REGION_EXEMPTION = {
  'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:111122223333:application-inference-profile/*',
};

test('a policy that denies Regions breaks aliases that route to them, and the proof names the exemption', () => {
  const [violation, ...others] = proveAccess(whole.plan, whole.account, withScp(NO_OTHER_REGION)).violations;
  expect(violation?.message).toBe(
    "role dev_code-review_github-code-review-677acd and 14 more may not bedrock:InvokeModel on arn:aws:bedrock:us-east-2::foundation-model/anthropic.claude-sonnet-5 through the profile dev_code-review_review_claude-sonnet-5_a7b4c2, which goes to aws:RequestedRegion 'us-east-2'; denied by policy scp Sid OneRegion; calls of models fail",
  );
  expect(violation?.remedies?.map((r) => r.change)).toEqual([
    ...['code-review/review', 'code-review/summary', 'document-search/answer', 'document-search/embed'].map((alias) =>
      expect.stringMatching(new RegExp(`^${alias}: `)),
    ),
    ...['market-report/draft', 'market-report/translate', 'support-chat/main'].map((alias) =>
      expect.stringMatching(new RegExp(`^${alias}: `)),
    ),
    'or the organization exempts calls through application profiles in this statement',
  ]);
  expect(violation?.remedies?.at(-1)?.statement).toEqual({
    ...NO_OTHER_REGION,
    Condition: { ...NO_OTHER_REGION.Condition, ArnNotLike: REGION_EXEMPTION },
  });
  expect([violation?.kind, violation?.decidedBy, others]).toEqual(['outer', { policy: 'scp', sid: 'OneRegion' }, []]);
  const own = serviceRoles(whole.plan).map(({ name }) => name);
  const callers = whole.account.principals.filter((p) => !own.includes(p.name)).map((p) => `${p.kind} ${p.name}`);
  expect([...(violation?.principals ?? [])].sort()).toEqual(callers.sort());
});

test('an environment that routes to its own Region only works under a policy that denies the others', () => {
  const regional = planOf({ chat: application() });
  const account = readTemplateAccount(sharedAssembly(regional), 'dev');
  expect(outcome(withScp(NO_OTHER_REGION), { plan: regional, account })).toEqual([]);
});

const WITH_EXEMPTION = {
  ...NO_OTHER_REGION,
  Condition: { ...NO_OTHER_REGION.Condition, ArnNotLike: REGION_EXEMPTION },
};

test('every alias works under a policy that denies Regions with the exemption', () => {
  expect(outcome(withScp(WITH_EXEMPTION), whole)).toEqual([]);
});

test('the exemption still denies calls without a profile', () => {
  const resource = 'arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-sonnet-5';
  const request = { action: 'bedrock:InvokeModel', resource, context: { 'aws:RequestedRegion': ['us-west-2'] } };
  expect(evaluate({ identity: [FULL], ...withScp(WITH_EXEMPTION) }, request).decision).toBe('explicitDeny');
});

test.each(cases)('the proof fails if $title', ({ outer, kind, message }) => {
  expect(outcome(outer).slice(0, 1)).toEqual([`${kind}: ${message}`]);
});

const ENDPOINT = policy('endpoint', allow(['bedrock:InvokeModel*', 'bedrock:ApplyGuardrail'], { Principal: '*' }));

test('the policy of an endpoint of bedrock-runtime decides about calls, and not about aliases', () => {
  expect(outcome({ serviceControl: [], endpoint: ENDPOINT })).toEqual([]);
});

test('a statement about EC2 that cannot be read is set aside, and the proof says so', () => {
  const outer = withScp(deny('ec2:RunInstances', { BinaryEquals: { 'ec2:UserData': 'QUJD' } }));
  expect(outcome(outer)).toEqual([]);
  expect(notLookedAt(outer)).toEqual(['scp: a statement that is not understood and concerns no action of the plan']);
});

test('a deny on a key of unknown value is no violation, and the proof names it', () => {
  const outer = withScp(deny('bedrock:*', { StringEquals: { 'aws:PrincipalTag/team': 'red' } }));
  expect(outcome(outer)).toEqual([]);
  expect(notLookedAt(outer)).toEqual([
    "requests for which aws:PrincipalTag/team is 'red': policy scp Sid No denies them",
  ]);
});
