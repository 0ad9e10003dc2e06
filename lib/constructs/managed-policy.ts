import { CfnManagedPolicy, type CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { iamPath } from '../plan/names/names';
import { type ExceptStatement, policyDocument, type Statement } from '../plan/parts/statement';

export interface ManagedPolicyProps {
  readonly environment: string;
  readonly policyName: string;
  /** The document's statements, exactly as IAM will hold them. */
  readonly statements: readonly (Statement | ExceptStatement)[];
  /**
   * Roles of this stack to which the policy is attached.
   *
   * @default - none; the policy is attached by another resource, or serves as a boundary
   */
  readonly roles?: readonly CfnRole[];
  /**
   * Names of existing roles to which the policy is attached.
   *
   * @default - none
   */
  readonly existingRoles?: readonly string[];
  /**
   * Names of existing IAM users to which the policy is attached.
   *
   * @default - none
   */
  readonly existingUsers?: readonly string[];
}

/** Defines a customer managed policy in the environment's IAM path. Its document is written as JSON. */
export function managedPolicy(scope: Construct, id: string, props: ManagedPolicyProps): CfnManagedPolicy {
  const { environment, policyName, statements, roles = [], existingRoles = [], existingUsers = [] } = props;
  return new CfnManagedPolicy(scope, id, {
    managedPolicyName: policyName,
    path: iamPath(environment),
    policyDocument: policyDocument(statements),
    ...(roles.length + existingRoles.length > 0 && { roles: [...roles.map((r) => r.ref), ...existingRoles] }),
    ...(existingUsers.length > 0 && { users: [...existingUsers] }),
  });
}
