import type { Place } from '../../../plan/names/names';
import type { AcceptedToken } from '../../intent/trust/token-trust-intent';
import { FOREIGN_ISSUER, type TokenClaims, tokenCase } from './token-case';
import type { TrustCase } from './trust-case';

/** Lists the cases of a role for callers with a token of another issuer. */
export function oidcCases(place: Place, { issuer, audience, subjects }: AcceptedToken): readonly TrustCase[] {
  const [first = ''] = subjects;
  const isPattern = first.endsWith('*');
  const subject = first.replace(/\*$/, 'bedrock-access');
  const own: TokenClaims = { issuer, audience, subject };
  const miss = (who: string, claims: Partial<TokenClaims>) => tokenCase(place, who, { ...own, ...claims }, 'denied');
  return [
    ...subjects.map((s) =>
      tokenCase(place, `the subject ${s}`, { ...own, subject: s.replace(/\*$/, 'bedrock-access') }, 'allowed'),
    ),
    miss('another subject', { subject: 'stranger' }),
    miss('a subject that ends in the named one', { subject: `stranger:${subject}` }),
    // Below a pattern everything is let in, so the part before it is changed.
    miss('a subject that begins with the named one', {
      subject: isPattern ? `${first.slice(0, -2)}-stranger${first.at(-2)}x` : `${first}-stranger`,
    }),
    miss('a token for another audience', { audience: 'stranger' }),
    miss('a token of another issuer', { issuer: FOREIGN_ISSUER }),
  ];
}
