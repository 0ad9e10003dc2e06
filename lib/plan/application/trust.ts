import { accountArn } from '../../catalog/arn';
import { SESSION_TAGS } from '../../config/check-environment';
import { roleArn } from '../names/arns';
import { type Place, verificationName } from '../names/names';
import type { RolePrincipal } from '../parts/role-plan';
import type { TrustStatement } from '../parts/statement';

const GITHUB = 'token.actions.githubusercontent.com';

export function githubProviderArn(place: Place): string {
  return accountArn(place, 'iam', `oidc-provider/${GITHUB}`);
}

/**
 * Decides who may assume a role, and which tags its sessions may carry.
 *
 * GitHub's token is pinned by its audience and its subject. The subject is compared whole, so that no other repository,
 * branch or environment fits (GitHub documentation, "OpenID Connect reference"). A probe role trusts the account, and in
 * it the role of the verification function alone.
 */
export function trustOf(place: Place, principal: RolePrincipal): readonly TrustStatement[] {
  switch (principal.kind) {
    case 'service':
      return [
        { Sid: 'Service', Effect: 'Allow', Principal: { Service: principal.service }, Action: ['sts:AssumeRole'] },
      ];
    case 'github':
      return withSessionTags({
        Sid: 'GitHub',
        Effect: 'Allow',
        Principal: { Federated: githubProviderArn(place) },
        Action: ['sts:AssumeRoleWithWebIdentity'],
        Condition: {
          StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [`${GITHUB}:sub`]: subjects(principal.github) },
        },
      });
    case 'account':
      return withSessionTags({
        Sid: 'OtherAccount',
        Effect: 'Allow',
        Principal: { AWS: accountArn({ ...place, account: principal.account }, 'iam', 'root') },
        Action: ['sts:AssumeRole'],
        Condition: { StringEquals: { 'sts:ExternalId': principal.externalId } },
      });
    case 'probe':
      return [
        {
          Sid: 'VerificationAlone',
          Effect: 'Allow',
          Principal: { AWS: accountArn(place, 'iam', 'root') },
          Action: ['sts:AssumeRole'],
          Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn(place, verificationName(place.environment)) } },
        },
      ];
    default:
      return principal satisfies never;
  }
}

type GithubJobs = Extract<RolePrincipal, { readonly kind: 'github' }>['github'];

function subjects({ repository, branches = [], environments = [] }: GithubJobs): readonly string[] {
  return [
    ...branches.map((branch) => `repo:${repository}:ref:refs/heads/${branch}`),
    ...environments.map((environment) => `repo:${repository}:environment:${environment}`),
  ];
}

/**
 * Allows sessions of the role the tags that tell people and jobs apart, and none that billing or IAM go by. A session's tag
 * wins over the role's, so a caller that may set `Application` chooses who pays.
 *
 * The statement lists the tags that are allowed. IAM compares the keys of tags without regard to case, and this comparison
 * does not. The statement asks for no external id, token or session name again: without the right to assume the role, the
 * right to tag gives nothing, and AWS does not document which of these keys are present when TagSession is checked.
 */
function withSessionTags(statement: TrustStatement): readonly TrustStatement[] {
  const { Principal } = statement;
  return [
    statement,
    {
      Sid: 'TagSession',
      Effect: 'Allow',
      Principal,
      Action: ['sts:TagSession'],
      Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': SESSION_TAGS } },
    },
  ];
}
