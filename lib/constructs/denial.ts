import { CfnResource } from 'aws-cdk-lib';
import { CfnBudgetsAction } from 'aws-cdk-lib/aws-budgets';
import type { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { DENIAL_TYPE } from '../account/types/cloudformation';
import { DENY_AT_PERCENT, type LimitPlan } from '../plan/application/limit-plan';
import { managedPolicy } from './managed-policy';
import { SERVICE_TIMEOUT_SECONDS } from './service-function';
import { serviceRole } from './service-role';

export interface DenialProps {
  readonly environment: string;
  readonly application: string;
  /** The planned limit, with the ARNs of the profiles resolved. */
  readonly limit: LimitPlan;
  /** Roles that can be deleted only after the denial is detached from them. */
  readonly roles: readonly CfnRole[];
  /** Policies that grant the access. The limit function may have detached them, and attaches them again. */
  readonly accessPolicies: readonly CfnManagedPolicy[];
}

/**
 * The policy that denies an application its profiles, the role that may attach it, and the limit, which the limit
 * function reads. The template attaches the policy to no principal. A custom resource puts everything back before a
 * policy or a role is deleted. The limit is deleted before that, so that no run of the function denies again.
 */
export class Denial extends Construct {
  /**
   * Custom resource that detaches the policy when it is deleted. Every resource that can have the policy attached
   * depends on it, so that such a resource is deleted first.
   */
  readonly detachment: CfnResource;

  constructor(scope: Construct, id: string, { environment, application, limit, roles, accessPolicies }: DenialProps) {
    super(scope, id);
    const { denial, role, functionArn } = limit;
    const policy = managedPolicy(this, 'Policy', {
      environment,
      policyName: denial.name,
      statements: denial.statements,
    });
    const limitRole = serviceRole(this, 'Role', environment, role);
    this.detachment = new CfnResource(this, 'Kept', {
      type: DENIAL_TYPE,
      properties: {
        ServiceToken: functionArn,
        ServiceTimeout: SERVICE_TIMEOUT_SECONDS,
        Application: application,
        Roles: [...limit.roles],
        Users: [...limit.users],
        Policies: [...limit.policyArns],
      },
    });
    for (const resource of [policy, limitRole, ...roles, ...accessPolicies]) {
      this.detachment.addResourceDependency(resource);
    }
    for (const [i, { name, value }] of limit.parameters.entries()) {
      new CfnParameter(this, `Limit${i + 1}`, { name, type: 'String', value }).addResourceDependency(this.detachment);
    }
  }
}

/**
 * Defines the action of an application's budget, which attaches the denial at the limit. It names policy and role by
 * their ARNs, so that it can be in a stack of another Region. If budget and denial are in the same stack, it must
 * depend on both.
 */
export function budgetAction(scope: Construct, id: string, limit: LimitPlan, budgetName: string): CfnBudgetsAction {
  const { denial, role, roles, users, recipients } = limit;
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
      { type: 'SNS', address: recipients.topicArn },
      ...recipients.addresses.map((address) => ({ type: 'EMAIL', address })),
    ],
  });
}
