import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ServiceRolePlan } from '../plan/parts/service-role-plan';
import { policyDocument } from '../plan/parts/statement';
import { managedPolicy } from './managed-policy';

/** A role that serves this project itself. Its policy is its boundary, so the role lists it: a policy that lists a role must come after the role. */
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
