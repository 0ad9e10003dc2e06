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
 * Decides who may assume a role, and which tags its sessions may have.
 *
 * A token of GitHub must have the right audience and the right subject. The whole subject is compared, so that the
 * token of another repository, branch or environment does not match (GitHub documentation, "OpenID Connect reference").
 * A probe role trusts the account, but in it only the role of the verification function.
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
 * Lets sessions of the role have the tags that identify people and jobs, but no tag that billing or IAM uses. The tag
 * of a session overrides the tag of the role, so a caller that could set `Application` could choose who pays.
 *
 * The statement lists the allowed tags, because IAM ignores case when it compares tag keys, and the operator of the
 * condition does not. A list of denied tags would miss other spellings. The statement does not repeat the conditions on
 * the external id, the token or the session name. The right to tag a session is worth nothing without the right to
 * assume the role, and AWS does not document which of these keys are present when TagSession is checked.
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
