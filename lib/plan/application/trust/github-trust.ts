import { accountArn } from '../../../catalog/arn';
import type { Place } from '../../names/names';
import type { RolePrincipal } from '../../parts/role-plan';
import type { TrustStatement } from '../../parts/statement';
import { withSessionTags } from './session-tags';

const GITHUB = 'token.actions.githubusercontent.com';

type GithubJobs = Extract<RolePrincipal, { readonly kind: 'github' }>['github'];

export function githubProviderArn(place: Place): string {
  return accountArn(place, 'iam', `oidc-provider/${GITHUB}`);
}

/**
 * Lets jobs of one repository assume the role.
 *
 * A token of GitHub must have the right audience and the right subject. The whole subject is compared, so that the
 * token of another repository, branch or environment does not match (GitHub documentation, "OpenID Connect reference").
 */
export function githubTrust(place: Place, jobs: GithubJobs): readonly TrustStatement[] {
  return withSessionTags({
    Sid: 'GitHub',
    Effect: 'Allow',
    Principal: { Federated: githubProviderArn(place) },
    Action: ['sts:AssumeRoleWithWebIdentity'],
    Condition: {
      StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [`${GITHUB}:sub`]: subjects(jobs) },
    },
  });
}

function subjects({ repository, branches = [], environments = [] }: GithubJobs): readonly string[] {
  return [
    ...branches.map((branch) => `repo:${repository}:ref:refs/heads/${branch}`),
    ...environments.map((environment) => `repo:${repository}:environment:${environment}`),
  ];
}
