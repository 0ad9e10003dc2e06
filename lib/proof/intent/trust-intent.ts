import type { AccessPlan } from '../../plan/environment/access-plan';
import type { PlannedPrincipal } from '../../plan/environment/principals';
import type { Place } from '../../plan/names/names';
import type { RolePrincipal } from '../../plan/parts/role-plan';
import type { TrustStatement } from '../../plan/parts/statement';
import { inAccount, inRegion, ownRole } from './arns';

type MadeRole = Exclude<PlannedPrincipal, { readonly origin: 'existing' }>;

/**
 * States a second time who may assume a role, from the principal of the environment file and from names and services
 * alone. The planned trust policy is not read, so that a mistake in it does not become part of the intent.
 */
export function trustIntent(plan: AccessPlan, planned: MadeRole): readonly TrustStatement[] {
  return planned.origin === 'service' ? serviceRoleTrust(plan, planned.name) : roleTrust(plan, planned.role.principal);
}

const GITHUB = 'token.actions.githubusercontent.com';

function roleTrust(place: Place, principal: RolePrincipal): readonly TrustStatement[] {
  switch (principal.kind) {
    case 'service':
      return [service('Service', principal.service)];
    case 'github': {
      const jobs = { Federated: inAccount(place, 'iam', `oidc-provider/${GITHUB}`) };
      const token = { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [`${GITHUB}:sub`]: githubSubjects(principal.github) };
      return [allow('GitHub', jobs, 'sts:AssumeRoleWithWebIdentity', { StringEquals: token }), sessionTags(jobs)];
    }
    case 'account': {
      const other = { AWS: inAccount({ ...place, account: principal.account }, 'iam', 'root') };
      const externalId = { 'sts:ExternalId': principal.externalId };
      return [allow('OtherAccount', other, 'sts:AssumeRole', { StringEquals: externalId }), sessionTags(other)];
    }
    case 'probe':
      return [assumedBy(place, 'VerificationAlone', 'verification')];
    default:
      return principal satisfies never;
  }
}

/** Lists the token subjects, as GitHub writes them, of the jobs that may assume a role. */
export function githubSubjects({
  repository,
  branches = [],
  environments = [],
}: Extract<RolePrincipal, { readonly kind: 'github' }>['github']): readonly string[] {
  const subject = (...end: readonly string[]): string => ['repo', repository, ...end].join(':');
  return [
    ...branches.map((branch) => subject('ref', `refs/heads/${branch}`)),
    ...environments.map((environment) => subject('environment', environment)),
  ];
}

/** States who may assume a role that serves this project itself, by the role's name without the environment's name. */
function serviceRoleTrust(plan: AccessPlan, name: string): readonly TrustStatement[] {
  const { account, environment, applications } = plan;
  const part = name.slice(environment.length + 1);
  switch (part) {
    case 'verification':
      return [service('Lambda', 'lambda.amazonaws.com')];
    case 'account-settings':
    case 'limit':
    case 'meter':
      return [service('Service', 'lambda.amazonaws.com')];
    case 'invocation-logs':
      return [actingFor(account, 'bedrock.amazonaws.com', inRegion(plan, 'bedrock', '*'))];
    case 'verification-starter': {
      const rule = inRegion(plan, 'events', `rule/${environment}_verification-schedule`);
      return [actingFor(account, 'events.amazonaws.com', rule)];
    }
    case 'verification-runner':
      return [actingFor(account, 'states.amazonaws.com', inRegion(plan, 'states', '*'))];
    default:
      return applications.some((a) => part === `${a.name}_limit`)
        ? [
            actingFor(account, 'budgets.amazonaws.com', inAccount(plan, 'budgets', 'budget/*')),
            assumedBy(plan, 'LimitFunctionAlone', 'limit'),
          ]
        : [];
  }
}

function allow(
  Sid: string,
  Principal: TrustStatement['Principal'],
  action: string,
  Condition?: TrustStatement['Condition'],
): TrustStatement {
  return { Sid, Effect: 'Allow', Principal, Action: [action], ...(Condition !== undefined && { Condition }) };
}

function service(Sid: string, Service: string): TrustStatement {
  return allow(Sid, { Service }, 'sts:AssumeRole');
}

/** Lets a service that acts for many accounts assume the role only when it acts for this account. */
function actingFor(account: string, Service: string, source: string): TrustStatement {
  return allow('Service', { Service }, 'sts:AssumeRole', {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': source },
  });
}

/** Lets another role of this project assume the role. */
function assumedBy(place: Place, Sid: string, name: string): TrustStatement {
  return allow(Sid, { AWS: inAccount(place, 'iam', 'root') }, 'sts:AssumeRole', {
    ArnEquals: { 'aws:PrincipalArn': ownRole(place, `${place.environment}_${name}`) },
  });
}

/** Lets a session have tags for its person or job, but no tags that billing or IAM evaluate. */
function sessionTags(principal: TrustStatement['Principal']): TrustStatement {
  return allow('TagSession', principal, 'sts:TagSession', {
    'ForAllValues:StringEquals': { 'aws:TagKeys': ['User', 'Job'] },
  });
}
