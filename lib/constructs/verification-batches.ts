import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { batchesDefinition } from '../plan/batches-definition';
import { iamPath } from '../plan/physical-name';
import type { ScheduleRolePlan, SplitPlan } from '../plan/split-plan';
import { policyDocument } from '../plan/statement';
import { managedPolicy } from './managed-policy';

export interface VerificationBatchesProps {
  readonly environment: string;
  readonly split: SplitPlan;
  readonly functionArn: string;
}

/** The state machine that verifies an environment batch by batch, and the roles that it is started and runs as. */
export class VerificationBatches extends Construct {
  readonly stateMachine: CfnStateMachine;
  /** What a rule starts it as. */
  readonly starter: CfnRole;

  constructor(scope: Construct, id: string, { environment, split, functionArn }: VerificationBatchesProps) {
    super(scope, id);
    this.starter = this.role('Starter', environment, split.starter);
    const runner = this.role('Runner', environment, split.runner);
    this.stateMachine = new CfnStateMachine(this, 'StateMachine', {
      stateMachineName: split.stateMachineName,
      stateMachineType: 'STANDARD',
      roleArn: runner.attrArn,
      definitionString: JSON.stringify(batchesDefinition(split, functionArn)),
    });
  }

  /** Its policy is its boundary, so the role lists it: a policy that lists a role must come after the role. */
  private role(id: string, environment: string, { name, trust, policy }: ScheduleRolePlan): CfnRole {
    const { name: policyName, statements } = policy;
    const access = managedPolicy(this, `${id}Access`, { environment, policyName, statements });
    return new CfnRole(this, id, {
      roleName: name,
      path: iamPath(environment),
      permissionsBoundary: access.ref,
      managedPolicyArns: [access.ref],
      assumeRolePolicyDocument: policyDocument([trust]),
    });
  }
}
