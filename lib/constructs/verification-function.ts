import type { CfnResource } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  VERIFICATION_TRUST,
  type VerificationPlan,
  verificationBoundaryName,
} from '../plan/environment/verification-plan';
import { iamPath } from '../plan/names/physical-name';
import { policyDocument } from '../plan/parts/statement';
import { bundledFunction } from './bundled-function';
import { managedPolicy } from './managed-policy';

export interface VerificationFunctionProps {
  readonly environment: string;
  readonly verification: VerificationPlan;
}

/** The function that calls every profile with the applications' probe roles, and its role, boundary and log group. */
export class VerificationFunction extends Construct {
  /** Resources that decide its results: the function itself, its role and its policies. */
  readonly judging: readonly CfnResource[];

  constructor(scope: Construct, id: string, { environment, verification }: VerificationFunctionProps) {
    super(scope, id);
    const { functionName, logGroupName, roleName, policyName, statements, variables } = verification;

    const boundary = managedPolicy(this, 'Boundary', {
      environment,
      policyName: verificationBoundaryName(environment),
      statements,
    });
    const role = new CfnRole(this, 'Role', {
      roleName,
      path: iamPath(environment),
      permissionsBoundary: boundary.ref,
      assumeRolePolicyDocument: policyDocument([VERIFICATION_TRUST]),
    });
    const access = managedPolicy(this, 'Access', { environment, policyName, statements, roles: [role] });
    const lambda = bundledFunction(this, {
      source: 'verify',
      functionName,
      description: 'Calls every application inference profile as its application would, and what must be denied',
      logGroupName,
      memoryMegabytes: 512,
      timeoutSeconds: 900,
      variables,
      role,
      after: [access],
    });
    this.judging = [boundary, role, access, lambda];
  }
}
