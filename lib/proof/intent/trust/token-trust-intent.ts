import type { Place } from '../../../plan/names/names';
import type { RolePrincipal } from '../../../plan/parts/role-plan';
import type { TrustStatement } from '../../../plan/parts/statement';
import { inAccount } from '../arns';
import { allow, sessionTags } from './trust-statements';

export type TokenPrincipal = Extract<RolePrincipal, { readonly kind: 'irsa' | 'gitlab' | 'oidc' }>;

/** A token that a role accepts: its issuer, its audience, and its subjects. */
export interface AcceptedToken {
  readonly issuer: string;
  readonly audience: string;
  readonly subjects: readonly string[];
}

/** States which tokens let a caller assume the role. */
export function tokenTrustIntent(place: Place, principal: TokenPrincipal): readonly TrustStatement[] {
  const { issuer, audience, subjects } = acceptedToken(principal);
  const caller = { Federated: inAccount(place, 'iam', `oidc-provider/${issuer}`) };
  const hasPattern = subjects.some((subject) => subject.endsWith('*'));
  const condition = hasPattern
    ? { StringEquals: { [`${issuer}:aud`]: audience }, StringLike: { [`${issuer}:sub`]: subjects } }
    : { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subjects } };
  const sid = { irsa: 'Pods', gitlab: 'GitLab', oidc: 'Token' }[principal.kind];
  // Neither Kubernetes nor GitLab writes session tags into its tokens.
  const tags = principal.kind === 'oidc' ? [sessionTags(caller)] : [];
  return [allow(sid, caller, 'sts:AssumeRoleWithWebIdentity', condition), ...tags];
}

/** Says what the token of the principal contains, as its issuer writes it. */
export function acceptedToken(principal: TokenPrincipal): AcceptedToken {
  switch (principal.kind) {
    case 'irsa': {
      const { provider, namespace, serviceAccount } = principal.irsa;
      const subject = ['system', 'serviceaccount', namespace, serviceAccount].join(':');
      return { issuer: provider, audience: 'sts.amazonaws.com', subjects: [subject] };
    }
    case 'gitlab': {
      const { host, project, branches } = principal.gitlab;
      const subject = (branch: string): string =>
        ['project_path', project, 'ref_type', 'branch', 'ref', branch].join(':');
      return { issuer: host, audience: `https://${host}`, subjects: branches.map(subject) };
    }
    case 'oidc': {
      const { provider, audience, subjects } = principal.oidc;
      return { issuer: provider, audience, subjects };
    }
    default:
      return principal satisfies never;
  }
}
