import type { Caller } from '../../iam/evaluate/evaluate-trust';
import type { RequestContext } from '../../iam/match/access-request';
import type { Place } from '../../plan/names/names';
import type { RolePrincipal } from '../../plan/parts/role-plan';
import { inAccount, ownRole } from '../intent/arns';
import { githubSubjects } from '../intent/trust-intent';

/** A caller that asks to assume a role or to tag its session, and the answer that the role's trust policy must give. */
export interface TrustCase {
  /** The caller in words, such as `another repository`. */
  readonly who: string;
  readonly caller: Caller;
  readonly action: string;
  readonly context: RequestContext;
  readonly expected: 'allowed' | 'denied';
}

const GITHUB = 'token.actions.githubusercontent.com';
const FOREIGN_ACCOUNT = '000000000000';

/**
 * Lists callers that must, and callers that must not, be able to assume a role of the plan: one case for each way in
 * which its trust policy could be wrong.
 */
export function trustCases(place: Place, principal: RolePrincipal): readonly TrustCase[] {
  const cases = assumeCases(place, principal);
  return [...cases, ...tagCases(principal, cases)];
}

/**
 * Session tags to try, and whether they may be set. `User` and `Job` tell people and jobs apart. The others are tags
 * that IAM or billing evaluate, some in lower case because IAM ignores the case of keys.
 */
const SESSION_TAGS: readonly (readonly [tags: readonly string[], allowed: boolean])[] = [
  [['User', 'Job'], true],
  ...['Application', 'BedrockAccess', 'CostCenter', 'Owner', 'application', 'user'].map(
    (key) => [[key], false] as const,
  ),
  [['User', 'CostCenter'], false],
];

/**
 * Lists cases of session tags. Only a caller that can assume the role may tag the session, and only if the role permits
 * it.
 */
function tagCases(principal: RolePrincipal, cases: readonly TrustCase[]): readonly TrustCase[] {
  const action = 'sts:TagSession';
  const allowedCases = cases.filter(({ expected }) => expected === 'allowed');
  const others = cases.filter(({ who }) => ['another account', 'another service'].includes(who));
  const tag = ({ who, caller, context }: TrustCase, keys: readonly string[], allowed: boolean): TrustCase => ({
    who: `${who} with the session tags ${keys.join(', ')}`,
    caller,
    action,
    context: { ...context, 'aws:TagKeys': keys },
    expected: allowed ? 'allowed' : 'denied',
  });
  return [
    ...allowedCases.flatMap((own) =>
      SESSION_TAGS.map(([keys, allowed]) => tag(own, keys, allowed && mayTag(principal))),
    ),
    ...others.map((other) => tag(other, ['User'], false)),
  ];
}

/** True when a caller that assumes the role may tag the session. */
function mayTag(principal: RolePrincipal): boolean {
  switch (principal.kind) {
    case 'github':
    case 'account':
      return true;
    case 'service':
    case 'probe':
      return false;
    default:
      return principal satisfies never;
  }
}

function assumeCases(place: Place, principal: RolePrincipal): readonly TrustCase[] {
  switch (principal.kind) {
    case 'service':
      return serviceCases(principal.service);
    case 'github':
      return githubCases(place, githubSubjects(principal.github));
    case 'account':
      return accountCases(place, principal.account, principal.externalId);
    case 'probe':
      return probeCases(place);
    default:
      return principal satisfies never;
  }
}

/** Lists the cases of a role that only one service may assume. */
export function serviceCases(service: string): readonly TrustCase[] {
  const by = (name: string): Caller => ({ kind: 'service', service: name });
  const action = 'sts:AssumeRole';
  return [
    { who: service, caller: by(service), action, context: {}, expected: 'allowed' },
    { who: 'another service', caller: by('stranger.amazonaws.com'), action, context: {}, expected: 'denied' },
  ];
}

function githubCases(place: Place, subjects: readonly string[]): readonly TrustCase[] {
  const token = (who: string, sub: string, aud: string, expected: TrustCase['expected']): TrustCase => ({
    who,
    caller: { kind: 'federated', provider: inAccount(place, 'iam', `oidc-provider/${GITHUB}`) },
    action: 'sts:AssumeRoleWithWebIdentity',
    context: { [`${GITHUB}:aud`]: [aud], [`${GITHUB}:sub`]: [sub] },
    expected,
  });
  const [first = ''] = subjects;
  const repository = first.split(':').slice(0, 2).join(':');
  const own = 'sts.amazonaws.com';
  return [
    ...subjects.map((sub) => token(sub, sub, own, 'allowed')),
    token('a token for another audience', first, 'https://github.com', 'denied'),
    token('another repository', first.replace(repository, 'repo:stranger/repository'), own, 'denied'),
    token('another branch', `${repository}:ref:refs/heads/bedrock-access-stranger`, own, 'denied'),
    token('a pull request', `${repository}:pull_request`, own, 'denied'),
  ];
}

function accountCases(place: Place, account: string, externalId: string): readonly TrustCase[] {
  const from = (id: string): Caller => ({
    kind: 'aws',
    arns: [inAccount({ ...place, account: id }, 'iam', 'role/caller')],
    accountId: id,
  });
  const action = 'sts:AssumeRole';
  const context = { 'sts:ExternalId': [externalId] };
  return [
    { who: `account ${account} with the external id`, caller: from(account), action, context, expected: 'allowed' },
    {
      who: `account ${account} without the external id`,
      caller: from(account),
      action,
      context: {},
      expected: 'denied',
    },
    {
      who: `account ${account} with another external id`,
      caller: from(account),
      action,
      context: { 'sts:ExternalId': ['stranger'] },
      expected: 'denied',
    },
    { who: 'another account', caller: from(FOREIGN_ACCOUNT), action, context, expected: 'denied' },
  ];
}

function probeCases(place: Place): readonly TrustCase[] {
  const as = (who: string, arn: string, expected: TrustCase['expected']): TrustCase => ({
    who,
    caller: { kind: 'aws', arns: [arn], accountId: arn.split(':')[4] ?? '' },
    action: 'sts:AssumeRole',
    context: { 'aws:PrincipalArn': [arn] },
    expected,
  });
  return [
    as('the verification function', ownRole(place, `${place.environment}_verification`), 'allowed'),
    as('another role of the account', inAccount(place, 'iam', 'role/stranger'), 'denied'),
    as('another account', inAccount({ ...place, account: FOREIGN_ACCOUNT }, 'iam', 'role/stranger'), 'denied'),
  ];
}
