import { SESSION_TAGS } from '../../config/check-environment';
import type { PrincipalConfig } from '../../config/environment-schema';
import { type Place, roleArn, verificationName } from '../names/names';
import type { RolePlan } from '../parts/role-plan';
import type { TrustStatement } from '../parts/statement';

const GITHUB = 'token.actions.githubusercontent.com';

export function githubProviderArn({ partition, account }: Place): string {
  return `arn:${partition}:iam::${account}:oidc-provider/${GITHUB}`;
}

/**
 * Who may assume the role that a principal gets, or `undefined` for a role or user that exists already.
 *
 * GitHub's token is pinned by audience and by subject, compared whole, so that no other repository, branch or environment
 * fits (GitHub documentation, "OpenID Connect reference").
 */
export function trustOf(place: Place, principal: PrincipalConfig): TrustStatement | undefined {
  if ('service' in principal) {
    return { Sid: 'Service', Effect: 'Allow', Principal: { Service: principal.service }, Action: ['sts:AssumeRole'] };
  }
  if ('github' in principal) {
    const { repository, branches = [], environments = [] } = principal.github;
    const subjects = [
      ...branches.map((branch) => `repo:${repository}:ref:refs/heads/${branch}`),
      ...environments.map((environment) => `repo:${repository}:environment:${environment}`),
    ];
    return {
      Sid: 'GitHub',
      Effect: 'Allow',
      Principal: { Federated: githubProviderArn(place) },
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Condition: { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [`${GITHUB}:sub`]: subjects } },
    };
  }
  if ('account' in principal) {
    return {
      Sid: 'OtherAccount',
      Effect: 'Allow',
      Principal: { AWS: `arn:${place.partition}:iam::${principal.account}:root` },
      Action: ['sts:AssumeRole'],
      Condition: { StringEquals: { 'sts:ExternalId': principal.externalId } },
    };
  }
  return undefined;
}

/**
 * Which tags a session of such a role may carry: what tells people and jobs apart, and nothing that billing or IAM go by. A
 * session's tag wins over the role's, so a caller that may set `Application` chooses who pays.
 *
 * The list is of what is allowed: IAM compares the keys of tags without regard to case, and this comparison has it. It asks
 * for no external id, token or session name again: without AssumeRole beside it tagging gives nothing, and which of these
 * keys the check of TagSession has AWS does not document.
 */
export function tagSessions({ Principal }: TrustStatement): TrustStatement {
  return {
    Sid: 'TagSession',
    Effect: 'Allow',
    Principal,
    Action: ['sts:TagSession'],
    Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': SESSION_TAGS } },
  };
}

/** The statements of a role's trust policy. */
export function trustStatements({ trust, tagging }: Pick<RolePlan, 'trust' | 'tagging'>): readonly TrustStatement[] {
  return tagging === undefined ? [trust] : [trust, tagging];
}

/** A probe role trusts the account, and in it the verification function's role alone. */
export function trustOfProbe(place: Place): TrustStatement {
  return {
    Sid: 'VerificationAlone',
    Effect: 'Allow',
    Principal: { AWS: `arn:${place.partition}:iam::${place.account}:root` },
    Action: ['sts:AssumeRole'],
    Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn(place, verificationName(place.environment)) } },
  };
}
