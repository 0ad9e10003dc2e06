import { CfnManagedPolicy, type CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { iamPath } from '../plan/names/physical-name';
import { policyDocument, type Statement } from '../plan/parts/statement';

export interface ManagedPolicyProps {
  readonly environment: string;
  readonly policyName: string;
  /** The document's statements, exactly as IAM will hold them. */
  readonly statements: readonly Statement[];
  /**
   * Roles of this stack that carry the policy.
   *
   * @default - none: it is attached elsewhere, or serves as a boundary
   */
  readonly roles?: readonly CfnRole[];
  /**
   * Names of roles that exist already.
   *
   * @default - none
   */
  readonly existingRoles?: readonly string[];
  /**
   * Names of IAM users that exist already.
   *
   * @default - none
   */
  readonly existingUsers?: readonly string[];
}

/** A customer managed policy under the environment's path, written as the JSON it becomes. */
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
