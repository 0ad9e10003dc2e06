import type { Place } from '../../../plan/names/names';
import type { AcceptedToken } from '../../intent/trust/token-trust-intent';
import { FOREIGN_ISSUER, type TokenClaims, tokenCase } from './token-case';
import type { TrustCase } from './trust-case';

/** Lists the cases of a role that jobs of one GitLab project may assume. */
export function gitlabCases(place: Place, { issuer, audience, subjects }: AcceptedToken): readonly TrustCase[] {
  const [subject = ''] = subjects;
  const own: TokenClaims = { issuer, audience, subject };
  const [, project = '', , , , branch = ''] = subject.split(':');
  const miss = (who: string, claims: Partial<TokenClaims>) => tokenCase(place, who, { ...own, ...claims }, 'denied');
  const job = (path: string, type: string, ref: string) => ({
    subject: `project_path:${path}:ref_type:${type}:ref:${ref}`,
  });
  return [
    ...subjects.map((s) => tokenCase(place, s, { ...own, subject: s }, 'allowed')),
    miss('another project', job('stranger/project', 'branch', branch)),
    miss('a project in a group below', job(`${project}/stranger`, 'branch', branch)),
    miss('another branch', job(project, 'branch', 'bedrock-access-stranger')),
    miss('a tag with the name of the branch', job(project, 'tag', branch)),
    miss('a token for another audience', { audience: 'https://vault.example.com' }),
    miss('another GitLab', { issuer: FOREIGN_ISSUER }),
  ];
}
