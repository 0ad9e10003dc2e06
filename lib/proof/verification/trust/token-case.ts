import type { Place } from '../../../plan/names/names';
import { inAccount } from '../../intent/arns';
import type { TrustCase } from './trust-case';

/** An issuer that no environment file names. */
export const FOREIGN_ISSUER = 'stranger.example.com';

/** What a token says: who issued it, for which audience, and about whom. */
export interface TokenClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
}

/** Returns the case of a caller with a token. */
export function tokenCase(
  place: Place,
  who: string,
  { issuer, audience, subject }: TokenClaims,
  expected: TrustCase['expected'],
): TrustCase {
  return {
    who,
    caller: { kind: 'federated', provider: inAccount(place, 'iam', `oidc-provider/${issuer}`) },
    action: 'sts:AssumeRoleWithWebIdentity',
    context: { [`${issuer}:aud`]: [audience], [`${issuer}:sub`]: [subject] },
    expected,
  };
}
