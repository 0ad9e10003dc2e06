import { accountArn } from '../../../catalog/arn';
import { roleArn } from '../../names/arns';
import { type Place, verificationName } from '../../names/names';
import type { RolePrincipal } from '../../parts/role-plan';
import type { TrustStatement } from '../../parts/statement';
import { accountTrust } from './account-trust';
import { githubTrust } from './github-trust';
import { gitlabTrust } from './gitlab-trust';
import { irsaTrust } from './irsa-trust';
import { oidcTrust } from './oidc-trust';
import { podsTrust } from './pods-trust';
import { serviceTrust } from './service-trust';

/** Decides who may assume a role, and which tags its sessions may have. */
export function trustOf(place: Place, principal: RolePrincipal): readonly TrustStatement[] {
  switch (principal.kind) {
    case 'service':
      return serviceTrust(place, principal);
    case 'pods':
      return podsTrust(place, principal.pods);
    case 'github':
      return githubTrust(place, principal.github);
    case 'irsa':
      return irsaTrust(place, principal.irsa);
    case 'gitlab':
      return gitlabTrust(place, principal.gitlab);
    case 'oidc':
      return oidcTrust(place, principal.oidc);
    case 'account':
      return accountTrust(place, principal);
    case 'probe':
      return [verificationAlone(place)];
    default:
      return principal satisfies never;
  }
}

/** Trusts the account, but in it only the role of the verification function. */
function verificationAlone(place: Place): TrustStatement {
  return {
    Sid: 'VerificationAlone',
    Effect: 'Allow',
    Principal: { AWS: accountArn(place, 'iam', 'root') },
    Action: ['sts:AssumeRole'],
    Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn(place, verificationName(place.environment)) } },
  };
}
