import type { WholeResource } from '../../account/account';
import { DENIAL_TYPE } from '../../account/types/cloudformation';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { shortHash } from '../../plan/names/physical-name';
import { inRegion, ownFunction, ownPolicy, ownRole } from './arns';

/**
 * States a second time, from names alone, what attaches denials, and what calls the limit function besides its
 * schedule.
 */
export function limitTriggers(plan: AccessPlan): readonly WholeResource[] {
  const { account, environment } = plan;
  const lambda = ownFunction(plan, 'limit');
  const topic = (owner: string): string => inRegion(plan, 'sns', `${environment}_alerts-${shortHash(owner)}`);
  const ofApplications = plan.applications.flatMap(
    ({
      name,
      owner,
      budget,
      limit,
      alarms,
      policies,
      roles,
      existingRoles,
      existingUsers,
    }): readonly WholeResource[] => {
      if (limit === undefined) {
        return [];
      }
      const names = [...roles.map((r) => r.name).filter((role) => !/_probe(-policies)?$/.test(role)), ...existingRoles];
      return [
        {
          type: DENIAL_TYPE,
          name: `custom resource for the denial of ${name}`,
          properties: {
            ServiceToken: lambda,
            ServiceTimeout: 960,
            Application: name,
            Roles: names,
            Users: existingUsers,
            Policies: policies.map((_, i) => ownPolicy(plan, `${environment}_${name}_access-${i + 1}`)),
          },
        },
        {
          type: 'AWS::Budgets::BudgetsAction',
          name: `budget action that denies ${name} its profiles`,
          properties: {
            BudgetName: budget?.name,
            NotificationType: 'ACTUAL',
            ActionThreshold: { Type: 'PERCENTAGE', Value: 100 },
            ActionType: 'APPLY_IAM_POLICY',
            ApprovalModel: 'AUTOMATIC',
            ExecutionRoleArn: ownRole(plan, `limit/${environment}_${name}_limit`),
            Definition: {
              IamActionDefinition: {
                PolicyArn: ownPolicy(plan, `${environment}_${name}_limit`),
                ...(names.length > 0 && { Roles: names }),
                ...(existingUsers.length > 0 && { Users: existingUsers }),
              },
            },
            Subscribers: [
              { Type: 'SNS', Address: topic(owner) },
              ...limit.recipients.addresses.map((address) => ({ Type: 'EMAIL', Address: address })),
            ],
          },
        },
        ...(limit.alarmArn === undefined
          ? []
          : [
              {
                type: 'AWS::CloudWatch::Alarm',
                name: `alarm on the daily cost of ${name}`,
                properties: {
                  AlarmName: `${environment}_${name}_daily-usd`,
                  AlarmActions: [topic(owner), lambda],
                  Namespace: 'BedrockAccess',
                  MetricName: 'DailyUsd',
                  Dimensions: [
                    { Name: 'Environment', Value: environment },
                    { Name: 'Application', Value: name },
                  ],
                  Statistic: 'Maximum',
                  Period: 600,
                  EvaluationPeriods: 1,
                  DatapointsToAlarm: 1,
                  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
                  Threshold: alarms.find((a) => a.arn === limit.alarmArn)?.threshold,
                  // If a gap ended the alarm, it would go off again after the gap and deny principals that a person
                  // had released.
                  TreatMissingData: 'notBreaching',
                },
              },
            ]),
      ];
    },
  );
  const alarms: WholeResource = {
    type: 'AWS::Lambda::Permission',
    name: 'permission for the alarms on the daily cost',
    properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: lambda,
      Principal: 'lambda.alarms.cloudwatch.amazonaws.com',
      SourceAccount: account,
      SourceArn: inRegion(plan, 'cloudwatch', `alarm:${environment}_*_daily-usd`),
    },
  };
  return ofApplications.length === 0 ? [] : [...ofApplications, alarms];
}
