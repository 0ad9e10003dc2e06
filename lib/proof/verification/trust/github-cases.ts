import type { Place } from '../../../plan/names/names';
import { inAccount } from '../../intent/arns';
import { GITHUB } from '../../intent/trust/github-trust-intent';
import type { TrustCase } from './trust-case';

/** Lists the cases of a role that jobs of one repository may assume. */
export function githubCases(place: Place, subjects: readonly string[]): readonly TrustCase[] {
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
