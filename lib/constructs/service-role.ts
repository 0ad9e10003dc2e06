import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ServiceRolePlan } from '../plan/parts/service-role-plan';
import { policyDocument } from '../plan/parts/statement';
import { managedPolicy } from './managed-policy';

/**
 * Defines a role of this project. Its policy is also its boundary, so the policy is created first and the role lists
 * it. A policy that lists a role would be created after the role.
 */
export function serviceRole(scope: Construct, id: string, environment: string, plan: ServiceRolePlan): CfnRole {
  const { name, path, trust, policy } = plan;
  const { name: policyName, statements } = policy;
  const access = managedPolicy(scope, `${id}Access`, { environment, policyName, statements });
  return new CfnRole(scope, id, {
    roleName: name,
    path,
    permissionsBoundary: access.ref,
    managedPolicyArns: [access.ref],
    assumeRolePolicyDocument: policyDocument(trust),
  });
}
