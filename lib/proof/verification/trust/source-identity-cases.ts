import type { RolePrincipal } from '../../../plan/parts/role-plan';
import type { TrustCase } from './trust-case';

/** Lists the case of a caller that sets a source identity, which only some roles accept. */
export function sourceIdentityCases(principal: RolePrincipal, cases: readonly TrustCase[]): readonly TrustCase[] {
  const own = cases.find(({ expected }) => expected === 'allowed');
  const accepts = principal.kind === 'account' && principal.sourceIdentity !== undefined;
  return own === undefined
    ? []
    : [
        {
          ...own,
          who: `${own.who} with the source identity ada`,
          action: 'sts:SetSourceIdentity',
          context: { ...own.context, 'sts:SourceIdentity': ['ada'] },
          expected: accepts ? 'allowed' : 'denied',
        },
      ];
}
