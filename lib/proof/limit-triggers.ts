import type { Trigger } from '../account/account';
import { DENIAL_TYPE } from '../catalog/denial-type';
import type { AccessPlan } from '../plan/access-plan';

/** What calls the limit function beside its schedule, and what attaches denials: said a second time, from names alone. */
export function limitTriggers(plan: AccessPlan): readonly Trigger[] {
  const { partition, region, account, environment } = plan;
  const lambda = `arn:${partition}:lambda:${region}:${account}:function:${environment}_limit`;
  return plan.applications.flatMap(({ name, limit, roles, existingRoles, existingUsers }): readonly Trigger[] => {
    if (limit === undefined) {
      return [];
    }
    const names = [...roles.map((r) => r.name).filter((role) => !/_probe(-policies)?$/.test(role)), ...existingRoles];
    return [
      {
        type: DENIAL_TYPE,
        name: `what keeps the denial of ${name} right`,
        properties: {
          ServiceToken: lambda,
          ServiceTimeout: 960,
          Application: name,
          Roles: names,
          Users: existingUsers,
        },
      },
      ...(limit.alarmArn === undefined
        ? []
        : [
            {
              type: 'AWS::Lambda::Permission',
              name: `permission of the alarm on the day's dollars of ${name}`,
              properties: {
                Action: 'lambda:InvokeFunction',
                FunctionName: lambda,
                Principal: 'lambda.alarms.cloudwatch.amazonaws.com',
                SourceAccount: account,
                SourceArn: `arn:${partition}:cloudwatch:${region}:${account}:alarm:${environment}_${name}_daily-usd`,
              },
            },
          ]),
    ];
  });
}
