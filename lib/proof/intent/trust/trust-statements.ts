import type { Place } from '../../../plan/names/names';
import type { TrustStatement } from '../../../plan/parts/statement';
import { inAccount, ownRole } from '../arns';

/** Allows a principal one action on the role. */
export function allow(
  Sid: string,
  Principal: TrustStatement['Principal'],
  action: string,
  Condition?: TrustStatement['Condition'],
): TrustStatement {
  return { Sid, Effect: 'Allow', Principal, Action: [action], ...(Condition !== undefined && { Condition }) };
}

/** Lets a service assume the role. */
export function service(Sid: string, Service: string): TrustStatement {
  return allow(Sid, { Service }, 'sts:AssumeRole');
}

/** Lets a service that acts for many accounts assume the role only when it acts for this account. */
export function actingFor(account: string, Service: string, source: string): TrustStatement {
  return allow('Service', { Service }, 'sts:AssumeRole', {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': source },
  });
}

/** Lets another role of this project assume the role. */
export function assumedBy(place: Place, Sid: string, name: string): TrustStatement {
  return allow(Sid, { AWS: inAccount(place, 'iam', 'root') }, 'sts:AssumeRole', {
    ArnEquals: { 'aws:PrincipalArn': ownRole(place, `${place.environment}_${name}`) },
  });
}

/** Lets a session have tags for its person or job, but no tags that billing or IAM evaluate. */
export function sessionTags(principal: TrustStatement['Principal']): TrustStatement {
  return allow('TagSession', principal, 'sts:TagSession', {
    'ForAllValues:StringEquals': { 'aws:TagKeys': ['User', 'Job'] },
  });
}
