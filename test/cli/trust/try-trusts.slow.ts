import type { Account } from '../../../lib/account/account';
import { TrustTrials } from '../../../lib/cli/trust/try-trusts';
import { type AccessPlan, planAccess } from '../../../lib/plan/environment/access-plan';
import { policyDocument, type TrustStatement } from '../../../lib/plan/parts/statement';
import { inconclusiveTries, type TrustTrial, trialFindings } from '../../../lib/proof/verification/trust/trust-trial';
import { startSandbox } from '../../../lib/sandbox/start-sandbox';
import { testEnvironment } from '../../plan/environments';
import { accountOf, role } from '../../sandbox/small-account';

const callers = planAccess(testEnvironment('callers'));
const dev = planAccess(testEnvironment('dev'));

/** An account with the roles of a plan, whose trust policies may be changed. */
function accountWith(plan: AccessPlan, change: (statement: TrustStatement) => object = (s) => s): Account {
  const roles = plan.applications.flatMap(({ roles }) => roles);
  return accountOf(
    roles.map(({ name, arn, trust }) =>
      role(name, [], { arn, trust: { name: 'trust', document: policyDocument(trust.map((s) => change(s) as never)) } }),
    ),
  );
}

/** Keeps the roles whose names match. Each role takes tens of requests. */
function only(roles: RegExp): AccessPlan {
  const applications = callers.applications.map((a) => ({ ...a, roles: a.roles.filter((r) => roles.test(r.name)) }));
  return { ...callers, applications };
}

async function trialsOf(plan: AccessPlan, account: Account): Promise<readonly TrustTrial[]> {
  const trusts = new TrustTrials(plan);
  const sandbox = await startSandbox({ account, issuers: trusts.issuers });
  try {
    return await trusts.run(sandbox, 'us-east-1', new AbortController().signal);
  } finally {
    await sandbox.close();
  }
}

test('each role is assumed by its caller and by nobody else, with at least five near misses', async () => {
  for (const plan of [callers, dev]) {
    const trials = await trialsOf(plan, accountWith(plan));
    expect(trialFindings(trials)).toEqual([]);
    expect(inconclusiveTries(trials)).toEqual([]);
    for (const { role: name, tries } of trials) {
      const named = tries.filter(({ who }) => !/ with the (session tags|source identity) /.test(who));
      const counts = { name, allowed: named.some((t) => t.expected === 'allowed'), misses: true };
      expect({ ...counts, misses: named.filter((t) => t.expected === 'denied').length >= 5 }).toEqual(counts);
    }
  }
});

const without = (key: RegExp) => (statement: TrustStatement) => ({
  ...statement,
  Condition: Object.fromEntries(
    Object.entries(statement.Condition ?? {}).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).filter(([name]) => !key.test(name))),
    ]),
  ),
});

test.each<[string, RegExp, RegExp, readonly string[]]>([
  [
    'the subject',
    /:sub$/,
    /irsa|gitlab-support/,
    ['tokens: pods of another namespace can assume', 'tokens: another branch can assume'],
  ],
  ['the audience', /:aud$/, /irsa/, ['tokens: a token for the Kubernetes API can assume']],
  ['the external id', /ExternalId/, /from-5/, ['tokens: account 555566667777 without the external id can assume']],
  ['the organization', /PrincipalOrgID/, /from-4/, ['tokens: account 444455556666 outside an organization can assume']],
  ['the role', /PrincipalArn/, /from-4/, ['tokens: another role of account 444455556666 can assume']],
  [
    'the source identity',
    /SourceIdentity/,
    /from-4/,
    ['tokens: account 444455556666 without a source identity can assume'],
  ],
])('a near miss shows that a trust policy does not ask for %s', async (_, key, roles, expected) => {
  const plan = only(roles);
  const messages = trialFindings(await trialsOf(plan, accountWith(plan, without(key)))).map((f) => f.message);
  for (const begin of expected) {
    expect(messages.filter((m) => m.startsWith(begin)).length).toBeGreaterThan(0);
  }
});

test('a caller that its role does not trust is found', async () => {
  const other = (s: TrustStatement) => ({ ...s, Principal: { Service: 'stranger.amazonaws.com' } });
  const plan = only(/irsa/);
  const trials = await trialsOf(plan, accountWith(plan, other));
  const messages = trialFindings(trials).map(({ message }) => message);
  expect(messages).toContain(
    'tokens: pods with the service account chat/api cannot assume callers_tokens_irsa-api-2d019d',
  );
});

test('a trust policy that the sandbox cannot decide leaves the trial without a verdict', async () => {
  const odd = (s: TrustStatement) => ({ ...s, Condition: { NoSuchOperator: { 'aws:PrincipalArn': 'x' } } });
  const plan = only(/from-4/);
  const trials = await trialsOf(plan, accountWith(plan, odd));
  expect(inconclusiveTries(trials)[0]).toMatch(/^tokens: whether .* can assume .* is not known: .*cannot decide/);
});
