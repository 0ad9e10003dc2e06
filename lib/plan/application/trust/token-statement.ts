import { accountArn } from '../../../catalog/arn';
import type { Place } from '../../names/names';
import type { TrustStatement } from '../../parts/statement';

/**
 * Lets callers with a token of an IAM OIDC provider assume the role. Audience and subject are both compared, because the
 * issuer also gives tokens to others.
 *
 * @param operator how the subject is compared
 */
export function tokenStatement(
  place: Place,
  Sid: string,
  token: { readonly provider: string; readonly audience: string; readonly subjects: readonly string[] },
  operator: 'StringEquals' | 'StringLike' = 'StringEquals',
): TrustStatement {
  const { provider, audience, subjects } = token;
  const aud = { [`${provider}:aud`]: audience };
  const sub = { [`${provider}:sub`]: subjects };
  return {
    Sid,
    Effect: 'Allow',
    Principal: { Federated: accountArn(place, 'iam', `oidc-provider/${provider}`) },
    Action: ['sts:AssumeRoleWithWebIdentity'],
    Condition:
      operator === 'StringEquals' ? { StringEquals: { ...aud, ...sub } } : { StringEquals: aud, StringLike: sub },
  };
}
