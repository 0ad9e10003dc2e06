import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { batchesDefinition } from '../plan/environment/batches-definition';
import type { SplitPlan } from '../plan/environment/split-plan';
import { serviceRole } from './service-role';

export interface VerificationBatchesProps {
  readonly environment: string;
  readonly split: SplitPlan;
  readonly functionArn: string;
}

/** The state machine that verifies an environment in batches, the role that starts it, and the role it runs as. */
export class VerificationBatches extends Construct {
  readonly stateMachine: CfnStateMachine;
  /** Role that a rule assumes to start the state machine. */
  readonly starter: CfnRole;

  constructor(scope: Construct, id: string, { environment, split, functionArn }: VerificationBatchesProps) {
    super(scope, id);
    this.starter = serviceRole(this, 'Starter', environment, split.starter);
    const runner = serviceRole(this, 'Runner', environment, split.runner);
    this.stateMachine = new CfnStateMachine(this, 'StateMachine', {
      stateMachineName: split.stateMachineName,
      stateMachineType: 'STANDARD',
      roleArn: runner.attrArn,
      definitionString: JSON.stringify(batchesDefinition(split, functionArn)),
    });
  }
}
