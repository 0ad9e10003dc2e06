import type { Place } from '../../../plan/names/names';
import type { RolePrincipal } from '../../../plan/parts/role-plan';
import type { TrustStatement } from '../../../plan/parts/statement';
import { inAccount } from '../arns';
import { allow, sessionTags } from './trust-statements';

export const GITHUB = 'token.actions.githubusercontent.com';

type GithubJobs = Extract<RolePrincipal, { readonly kind: 'github' }>['github'];

/** States that jobs of the repository's branches and environments may assume the role. */
export function githubTrustIntent(place: Place, github: GithubJobs): readonly TrustStatement[] {
  const jobs = { Federated: inAccount(place, 'iam', `oidc-provider/${GITHUB}`) };
  const token = { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [`${GITHUB}:sub`]: githubSubjects(github) };
  return [allow('GitHub', jobs, 'sts:AssumeRoleWithWebIdentity', { StringEquals: token }), sessionTags(jobs)];
}

/** Lists the token subjects, as GitHub writes them, of the jobs that may assume a role. */
export function githubSubjects({ repository, branches = [], environments = [] }: GithubJobs): readonly string[] {
  const subject = (...end: readonly string[]): string => ['repo', repository, ...end].join(':');
  return [
    ...branches.map((branch) => subject('ref', `refs/heads/${branch}`)),
    ...environments.map((environment) => subject('environment', environment)),
  ];
}
