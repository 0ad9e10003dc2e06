import { groupBy } from '../../../aws/group-by';
import { accountArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import { serviceRoles } from '../environment/service-roles';
import { policyArn, roleArn } from '../names/arns';
import { LIMIT_FOLDER, PROBE_FOLDER } from '../names/names';
import type { Statement } from '../parts/statement';

/** `states.amazonaws.com` as a part of a Sid: `States`. */
function capital(service: string): string {
  const [name = ''] = service.split('.');
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** How roles and users that exist already are named: each by itself, or, where that is too long, any of the account. */
export type Existing = 'named' | 'any';

/**
 * Roles and policies under the environment's path. A role gets the boundary of its kind and never loses it, and carries
 * policies of this path alone; so do the roles and users that exist already, of which nothing else is touched.
 */
export function executionIamStatements(plan: AccessPlan, existing: Existing): readonly Statement[] {
  const { boundary, probeBoundary } = plan;
  const limited = plan.applications.some((a) => a.limit !== undefined);
  const limitRoles = roleArn(plan, '*', LIMIT_FOLDER);
  const services = serviceRoles({ ...plan, applications: [] });
  const roles = roleArn(plan, '*');
  const policies = policyArn(plan, '*');
  const users = existingArns(plan, 'user', existing);
  const bounded = (Sid: string, Resource: readonly string[], boundaries: readonly string[]): Statement => ({
    Sid,
    Effect: 'Allow',
    Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'],
    Resource,
    Condition: { ArnEquals: { 'iam:PermissionsBoundary': boundaries } },
  });
  return [
    bounded('RolesUnderBoundary', [roles], [boundary.arn]),
    bounded('ProbesUnderBoundary', [roleArn(plan, '*', PROBE_FOLDER)], [probeBoundary.arn]),
    // Each its own: with the other's it could do nothing.
    bounded(
      'ServicesUnderBoundary',
      services.map((role) => role.arn),
      services.map((role) => role.boundary.arn),
    ),
    // One of each application: they are named by their folder, and their policies by how they end.
    ...(limited ? [bounded('LimitsUnderBoundary', [limitRoles], [policyArn(plan, '*_limit-access')])] : []),
    {
      // One statement for both is shorter: no action for a role is one for a policy.
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
    ...[
      ...groupBy(
        [...services, ...(limited ? [{ arn: limitRoles, service: 'budgets.amazonaws.com' }] : [])],
        (r) => r.service,
      ),
    ].map(
      ([service, roles]): Statement => ({
        Sid: `RunAs${capital(service)}`,
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: roles.map(({ arn }) => arn),
        Condition: { StringEquals: { 'iam:PassedToService': service } },
      }),
    ),
  ];
}

/** ARNs of what exists already. The path is not known, and one name exists once, whatever its path. */
function existingArns(plan: AccessPlan, kind: 'role' | 'user', existing: Existing): readonly string[] {
  const names = plan.applications.flatMap((a) => (kind === 'role' ? a.existingRoles : a.existingUsers));
  const arn = (name: string): string => accountArn(plan, 'iam', `${kind}/${name}`);
  if (existing === 'any') {
    return names.length === 0 ? [] : [arn('*')];
  }
  return [...new Set(names)].sort().flatMap((name) => [arn(name), arn(`*/${name}`)]);
}
