import type { AccessPlan } from '../../plan/environment/access-plan';
import type { PlannedPrincipal } from '../../plan/environment/principals';
import type { Place } from '../../plan/names/names';
import type { RolePrincipal } from '../../plan/parts/role-plan';
import type { TrustStatement } from '../../plan/parts/statement';

type MadeRole = Exclude<PlannedPrincipal, { readonly origin: 'existing' }>;

/**
 * States a second time who may become a role, from the principal of the file and from names and services alone. The
 * planned trust policy is not read, so that a mistake in it does not become part of the intent.
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
      const jobs = { Federated: `arn:${place.partition}:iam::${place.account}:oidc-provider/${GITHUB}` };
      const token = { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [`${GITHUB}:sub`]: githubSubjects(principal.github) };
      return [allow('GitHub', jobs, 'sts:AssumeRoleWithWebIdentity', { StringEquals: token }), sessionTags(jobs)];
    }
    case 'account': {
      const other = { AWS: `arn:${place.partition}:iam::${principal.account}:root` };
      const externalId = { 'sts:ExternalId': principal.externalId };
      return [allow('OtherAccount', other, 'sts:AssumeRole', { StringEquals: externalId }), sessionTags(other)];
    }
    case 'probe':
      return [ownRole(place, 'VerificationAlone', 'verification')];
    default:
      return principal satisfies never;
  }
}

/** Subjects of the tokens of the jobs that may become a role, as GitHub writes them. */
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

/** Who becomes a role that serves this project itself. The name of the role, without the environment's, decides. */
function serviceRoleTrust(plan: AccessPlan, name: string): readonly TrustStatement[] {
  const { partition, region, account, environment, applications } = plan;
  const part = name.slice(environment.length + 1);
  const arn = (of: string, rest: string): string => `arn:${partition}:${of}:${rest}`;
  switch (part) {
    case 'verification':
      return [service('Lambda', 'lambda.amazonaws.com')];
    case 'account-settings':
    case 'limit':
    case 'meter':
      return [service('Service', 'lambda.amazonaws.com')];
    case 'invocation-logs':
      return [actingFor(account, 'bedrock.amazonaws.com', arn('bedrock', `${region}:${account}:*`))];
    case 'verification-starter': {
      const rule = `${region}:${account}:rule/${environment}_verification-schedule`;
      return [actingFor(account, 'events.amazonaws.com', arn('events', rule))];
    }
    case 'verification-runner':
      return [actingFor(account, 'states.amazonaws.com', arn('states', `${region}:${account}:*`))];
    default:
      return applications.some((a) => part === `${a.name}_limit`)
        ? [
            actingFor(account, 'budgets.amazonaws.com', arn('budgets', `:${account}:budget/*`)),
            ownRole(plan, 'LimitFunctionAlone', 'limit'),
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

/** A service that many accounts share becomes the role only for this account. */
function actingFor(account: string, Service: string, source: string): TrustStatement {
  return allow('Service', { Service }, 'sts:AssumeRole', {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': source },
  });
}

/** One role of this project becomes another one. */
function ownRole({ partition, account, environment }: Place, Sid: string, name: string): TrustStatement {
  const iam = `arn:${partition}:iam::${account}`;
  return allow(Sid, { AWS: `${iam}:root` }, 'sts:AssumeRole', {
    ArnEquals: { 'aws:PrincipalArn': `${iam}:role/bedrock-access/${environment}/${environment}_${name}` },
  });
}

/** A session may say which person or job it is of, and nothing that billing or IAM go by. */
function sessionTags(principal: TrustStatement['Principal']): TrustStatement {
  return allow('TagSession', principal, 'sts:TagSession', {
    'ForAllValues:StringEquals': { 'aws:TagKeys': ['User', 'Job'] },
  });
}
