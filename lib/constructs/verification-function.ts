import type { CfnResource } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { FunctionPlan } from '../plan/parts/function-plan';
import type { PolicyPlan } from '../plan/parts/role-plan';
import { policyDocument } from '../plan/parts/statement';
import { bundledFunction } from './bundled-function';
import { managedPolicy } from './managed-policy';

export interface VerificationFunctionProps {
  readonly environment: string;
  readonly verification: FunctionPlan;
}

/** The function that calls every profile with the applications' probe roles, and its role, boundary and log group. */
export class VerificationFunction extends Construct {
  /** Resources that decide its results: the function itself, its role and its policies. */
  readonly judging: readonly CfnResource[];

  constructor(scope: Construct, id: string, { environment, verification }: VerificationFunctionProps) {
    super(scope, id);
    const { role: planned, ...props } = verification;
    const { name, path, trust, policy } = planned;
    const own = ({ name: policyName, statements }: PolicyPlan) => ({ environment, policyName, statements });

    const boundary = managedPolicy(this, 'Boundary', own(planned.boundary));
    const role = new CfnRole(this, 'Role', {
      roleName: name,
      path,
      permissionsBoundary: boundary.ref,
      assumeRolePolicyDocument: policyDocument(trust),
    });
    const access = managedPolicy(this, 'Access', { ...own(policy), roles: [role] });
    const lambda = bundledFunction(this, { ...props, role, after: [access] });
    this.judging = [boundary, role, access, lambda];
  }
}
