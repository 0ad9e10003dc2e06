import type { Place } from '../../../plan/names/names';
import { GITHUB } from '../../intent/trust/github-trust-intent';
import { FOREIGN_ISSUER, type TokenClaims, tokenCase } from './token-case';
import type { TrustCase } from './trust-case';

/** Lists the cases of a role that jobs of one repository may assume. */
export function githubCases(place: Place, subjects: readonly string[]): readonly TrustCase[] {
  const [subject = ''] = subjects;
  const own: TokenClaims = { issuer: GITHUB, audience: 'sts.amazonaws.com', subject };
  const repository = subject.split(':').slice(0, 2).join(':');
  const miss = (who: string, claims: Partial<TokenClaims>) => tokenCase(place, who, { ...own, ...claims }, 'denied');
  return [
    ...subjects.map((s) => tokenCase(place, s, { ...own, subject: s }, 'allowed')),
    miss('a token for another audience', { audience: 'https://github.com' }),
    miss('another repository', { subject: subject.replace(repository, 'repo:stranger/repository') }),
    miss('another branch', { subject: `${repository}:ref:refs/heads/bedrock-access-stranger` }),
    miss('a pull request', { subject: `${repository}:pull_request` }),
    miss('a tag', { subject: `${repository}:ref:refs/tags/main` }),
    miss('a token of another issuer', { issuer: FOREIGN_ISSUER }),
  ];
}
