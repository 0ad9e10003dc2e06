import type { Place } from '../../../plan/names/names';
import type { AcceptedToken } from '../../intent/trust/token-trust-intent';
import { FOREIGN_ISSUER, type TokenClaims, tokenCase } from './token-case';
import type { TrustCase } from './trust-case';

/** Lists the cases of a role for pods with one service account. */
export function irsaCases(place: Place, { issuer, audience, subjects }: AcceptedToken): readonly TrustCase[] {
  const [subject = ''] = subjects;
  const own: TokenClaims = { issuer, audience, subject };
  const [namespace = '', serviceAccount = ''] = subject.split(':').slice(2);
  const miss = (who: string, claims: Partial<TokenClaims>) => tokenCase(place, who, { ...own, ...claims }, 'denied');
  const account = (...parts: readonly string[]) => ({ subject: ['system:serviceaccount', ...parts].join(':') });
  return [
    tokenCase(place, `pods with the service account ${namespace}/${serviceAccount}`, own, 'allowed'),
    miss('pods of another namespace', account('stranger', serviceAccount)),
    miss('pods with another service account', account(namespace, 'stranger')),
    miss('pods with a longer service account', account(namespace, `${serviceAccount}-2`)),
    miss('a service account of another cluster', { issuer: issuer.replace(/[^/]*$/, '0'.repeat(32)) }),
    miss('a token for the Kubernetes API', { audience: 'https://kubernetes.default.svc' }),
    miss('a token of another issuer', { issuer: FOREIGN_ISSUER }),
  ];
}
