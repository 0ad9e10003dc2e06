import type { Account, Principal } from '../../account/account';
import { accountArn } from '../../catalog/arn';
import { SESSION_TAGS } from '../../config/checks/check-environment';
import type { RequestContext } from '../../iam/match/access-request';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { PlannedPrincipal } from '../../plan/environment/principals';
import type { OuterPolicies } from './outer-policies';

/** What the file and the templates say about the condition keys of a principal's requests. */
export interface KnownValues {
  readonly context: RequestContext;
  /** True for a key, in lower case, that no request of the principal has. */
  isAbsent(key: string): boolean;
}

/**
 * Keys that only requests of other kinds have: a service that calls for somebody, the creation of a resource with tags,
 * a root session. Source: IAM User Guide, "AWS global condition context keys" (2026-11-30).
 */
const NEVER_PRESENT = [
  'aws:assumedroot',
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:tagkeys',
];

/** Tags that a session may have beside those of its role: people and jobs name themselves, and EKS names the pod. */
const SESSION_TAG = new RegExp(
  `^(?:${SESSION_TAGS.join('|')}|eks-cluster-(?:arn|name)|kubernetes-(?:namespace|service-account|pod-name|pod-uid))$`,
  'i',
);

const PRINCIPAL_TAG = 'aws:principaltag/';

/** Returns the condition keys whose values are known for every request of a principal. */
export function knownValues(
  { accountId }: Account,
  planned: PlannedPrincipal,
  principal: Principal,
  { context = {}, roleArns = {} }: OuterPolicies,
): KnownValues {
  const { kind, name } = planned;
  const isMade = planned.origin !== 'existing';
  const arn = isMade ? principal.arn : kind === 'role' ? roleArns[name] : undefined;
  const isOwnTag = (key: string): boolean =>
    isMade && key.startsWith(PRINCIPAL_TAG) && !SESSION_TAG.test(key.slice(PRINCIPAL_TAG.length));
  // The file decides the tags of the roles that it makes.
  const given = Object.entries(context).filter(([key]) => !isOwnTag(key.toLowerCase()));
  const tags = Object.entries(isMade ? principal.tags : {});
  return {
    context: {
      ...Object.fromEntries(given),
      ...Object.fromEntries(tags.map(([key, value]) => [`aws:PrincipalTag/${key}`, [value]])),
      'aws:PrincipalAccount': [accountId],
      ...(arn !== undefined && { 'aws:PrincipalArn': [arn] }),
      ...(kind === 'user' && { 'aws:UserName': [name] }),
      'aws:PrincipalType': [kind === 'role' ? 'AssumedRole' : 'User'],
      'aws:PrincipalIsAWSService': ['false'],
      'aws:SecureTransport': ['true'],
      'aws:ViaAWSService': ['false'],
    },
    isAbsent: (key) =>
      NEVER_PRESENT.includes(key) ||
      key.startsWith('aws:requesttag/') ||
      (key === 'aws:username' && kind === 'role') ||
      isOwnTag(key),
  };
}

/** Returns patterns of the ARNs that an existing principal may have: without a path, and with any path. */
export function possibleArns(
  plan: AccessPlan,
  { kind, name }: Pick<PlannedPrincipal, 'kind' | 'name'>,
): readonly [withoutPath: string, withPath: string] {
  const arnOf = (path: string): string => accountArn(plan, 'iam', `${kind}/${path}${name}`);
  return [arnOf(''), arnOf('*/')];
}
