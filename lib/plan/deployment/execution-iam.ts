import { groupBy } from '../../../aws/group-by';
import { accountArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import { serviceRoles } from '../environment/service-roles';
import { policyArn, roleArn } from '../names/arns';
import { LIMIT_FOLDER, PROBE_FOLDER } from '../names/names';
import type { Statement } from '../parts/statement';

/** Makes part of a Sid from a service, such as `States` from `states.amazonaws.com`. */
function sidPart(service: string): string {
  const [name = ''] = service.split('.');
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/**
 * The existing roles and users in the policy: each by name, or any of the account when the names would make it too
 * long.
 */
export type ExistingPrincipals = 'named' | 'any';

/**
 * Allows the deployment of roles and policies under the environment's path. Every role gets the boundary of its kind
 * and keeps it, and only policies of this path are attached to it. The same policies may be attached to existing roles
 * and users, which are not changed in any other way.
 */
export function executionIamStatements(plan: AccessPlan, existing: ExistingPrincipals): readonly Statement[] {
  const { boundary, probeBoundary, logging } = plan;
  const limited = plan.applications.some((a) => a.limit !== undefined);
  const limitRoles = roleArn(plan, '*', LIMIT_FOLDER);
  const services = serviceRoles({ ...plan, applications: [] });
  // No template passes the role of the invocation log: the function for account settings passes it.
  const passed = services.filter((role) => role !== logging?.role);
  const roles = roleArn(plan, '*');
  const further = furtherPolicyArns(plan);
  const policies = policyArn(plan, '*');
  const users = existingArns(plan, 'user', existing);
  const createUnderBoundary = (Sid: string, Resource: readonly string[], boundaries: readonly string[]): Statement => ({
    Sid,
    Effect: 'Allow',
    Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'],
    Resource,
    Condition: { ArnEquals: { 'iam:PermissionsBoundary': boundaries } },
  });
  return [
    createUnderBoundary('RolesUnderBoundary', [roles], [boundary.arn]),
    createUnderBoundary('ProbesUnderBoundary', [roleArn(plan, '*', PROBE_FOLDER)], [probeBoundary.arn]),
    // Each role has a boundary of its own. The statement need not pair roles and boundaries, because a role with the
    // boundary of another role can do nothing.
    createUnderBoundary(
      'ServicesUnderBoundary',
      services.map((role) => role.arn),
      services.map((role) => role.boundary.arn),
    ),
    // Each application has one such role. The roles are identified by their folder, and their policies by the end of
    // the name.
    ...(limited ? [createUnderBoundary('LimitsUnderBoundary', [limitRoles], [policyArn(plan, '*_limit-access')])] : []),
    {
      // One statement for both is shorter. It allows no more, because no action applies to both roles and policies.
      Sid: 'RolesAndPolicies',
      Effect: 'Allow',
      Action: [
        'iam:GetRole',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
        'iam:UpdateAssumeRolePolicy',
        'iam:DeleteRole',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:ListRoleTags',
        'iam:ListRolePolicies',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:CreatePolicy',
        'iam:GetPolicy',
        'iam:DeletePolicy',
        'iam:CreatePolicyVersion',
        'iam:GetPolicyVersion',
        'iam:DeletePolicyVersion',
        'iam:ListPolicyVersions',
        'iam:ListEntitiesForPolicy',
      ],
      Resource: [roles, policies],
    },
    {
      Sid: 'AttachOwnPolicies',
      Effect: 'Allow',
      Action: [
        'iam:AttachRolePolicy',
        'iam:DetachRolePolicy',
        ...(users.length === 0 ? [] : ['iam:AttachUserPolicy', 'iam:DetachUserPolicy']),
      ],
      Resource: [roles, ...existingArns(plan, 'role', existing), ...users],
      Condition: { ArnLike: { 'iam:PolicyARN': policies } },
    },
    ...(further.length === 0
      ? []
      : [
          {
            Sid: 'AttachFurtherPolicies',
            Effect: 'Allow' as const,
            Action: ['iam:AttachRolePolicy'],
            Resource: [roles],
            Condition: { ArnEquals: { 'iam:PolicyARN': further } },
          },
          // A policy that has left the file is detached too.
          { Sid: 'DetachFromRoles', Effect: 'Allow' as const, Action: ['iam:DetachRolePolicy'], Resource: [roles] },
        ]),
    ...[
      ...groupBy(
        [...passed, ...(limited ? [{ arn: limitRoles, service: 'budgets.amazonaws.com' }] : [])],
        (r) => r.service,
      ),
    ].map(
      ([service, roles]): Statement => ({
        Sid: `RunAs${sidPart(service)}`,
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: roles.map(({ arn }) => arn),
        Condition: { StringEquals: { 'iam:PassedToService': service } },
      }),
    ),
  ];
}

/** Lists the managed policies that roles of applications carry besides, each once. */
function furtherPolicyArns({ applications }: AccessPlan): readonly string[] {
  const all = applications.flatMap((a) => a.roles.flatMap((role) => role.furtherPolicyArns ?? []));
  return [...new Set(all)].sort();
}

/**
 * Returns the ARNs of existing roles or users. Their paths are unknown, but a name is unique in the account whatever
 * its path.
 */
function existingArns(plan: AccessPlan, kind: 'role' | 'user', existing: ExistingPrincipals): readonly string[] {
  const names = plan.applications.flatMap((a) => (kind === 'role' ? a.existingRoles : a.existingUsers));
  const arn = (name: string): string => accountArn(plan, 'iam', `${kind}/${name}`);
  if (existing === 'any') {
    return names.length === 0 ? [] : [arn('*')];
  }
  return [...new Set(names)].sort().flatMap((name) => [arn(name), arn(`*/${name}`)]);
}
