import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionPlan } from '../plan/parts/function-plan';
import { bundledFunction } from './bundled-function';
import { serviceRole } from './service-role';

/**
 * Seconds that CloudFormation waits for an answer. The function ends after 900 s and reserves time within them to
 * answer.
 */
export const SERVICE_TIMEOUT_SECONDS = 960;

export interface ServiceFunctionProps {
  readonly environment: string;
  readonly plan: FunctionPlan;
}

/** A function of this project, with its role and its log group. */
export class ServiceFunction extends Construct {
  readonly lambda: CfnFunction;

  constructor(scope: Construct, id: string, { environment, plan }: ServiceFunctionProps) {
    super(scope, id);
    const { role, ...props } = plan;
    this.lambda = bundledFunction(this, { ...props, role: serviceRole(this, 'Role', environment, role) });
  }
}
