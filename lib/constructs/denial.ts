import { CfnResource } from 'aws-cdk-lib';
import { CfnBudgetsAction } from 'aws-cdk-lib/aws-budgets';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DENIAL_TYPE } from '../catalog/denial-type';
import { DENY_AT_PERCENT, type LimitPlan } from '../plan/application/limit-plan';
import { managedPolicy } from './managed-policy';
import { serviceRole } from './service-role';

export interface DenialProps {
  readonly environment: string;
  readonly application: string;
  /** With the ARNs of the profiles resolved. */
  readonly limit: LimitPlan;
  /** What must go after the denial: roles that carry it cannot be deleted. */
  readonly roles: readonly CfnRole[];
}

/** The function ends after 900 s and keeps time to answer; CloudFormation waits a little longer. */
const SERVICE_TIMEOUT_SECONDS = 960;

/**
 * The policy that denies an application its profiles, attached to nobody, the role that may attach it, and what takes it
 * from everybody before any of that is deleted.
 */
export class Denial extends Construct {
  /**
   * What the template cannot say of the denial's carriers. Whatever may have it attached depends on it, and so is gone when
   * it is deleted.
   */
  readonly kept: CfnResource;

  constructor(scope: Construct, id: string, { environment, application, limit, roles }: DenialProps) {
    super(scope, id);
    const { denial, role, functionArn } = limit;
    const policy = managedPolicy(this, 'Policy', {
      environment,
      policyName: denial.name,
      statements: denial.statements,
    });
    const limitRole = serviceRole(this, 'Role', environment, role);
    this.kept = new CfnResource(this, 'Kept', {
      type: DENIAL_TYPE,
      properties: {
        ServiceToken: functionArn,
        ServiceTimeout: SERVICE_TIMEOUT_SECONDS,
        Application: application,
        Roles: [...limit.roles],
        Users: [...limit.users],
      },
    });
    for (const resource of [policy, limitRole, ...roles]) {
      this.kept.addResourceDependency(resource);
    }
  }
}

/**
 * The action of an application's budget, which denies at its limit. It names policy and role by their ARNs, so that it can
 * stand in a stack of another Region; where budget or denial are in the same stack, it has to depend on both.
 */
export function budgetAction(scope: Construct, id: string, limit: LimitPlan, budgetName: string): CfnBudgetsAction {
  const { denial, role, roles, users, told } = limit;
  return new CfnBudgetsAction(scope, id, {
    budgetName,
    notificationType: 'ACTUAL',
    actionThreshold: { type: 'PERCENTAGE', value: DENY_AT_PERCENT },
    actionType: 'APPLY_IAM_POLICY',
    approvalModel: 'AUTOMATIC',
    executionRoleArn: role.arn,
    definition: {
      iamActionDefinition: {
        policyArn: denial.arn,
        ...(roles.length > 0 && { roles: [...roles] }),
        ...(users.length > 0 && { users: [...users] }),
      },
    },
    subscribers: [
      { type: 'SNS', address: told.topicArn },
      ...told.addresses.map((address) => ({ type: 'EMAIL', address })),
    ],
  });
}
