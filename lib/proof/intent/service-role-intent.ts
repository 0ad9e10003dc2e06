import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { ServiceRolePlan } from '../../plan/parts/service-role-plan';
import { accountSettingsIntent, invocationLogsIntent } from './account-settings-intent';
import { inRegion } from './arns';
import { type IntendedStatement, intentPolicy } from './intent-policy';
import { limitFunctionIntent, limitRoleIntent } from './limit-intent';
import { meterIntent } from './meter-intent';
import { batchRunnerIntent, batchStarterIntent } from './schedule-intent';
import { verificationIntent } from './verification-intent';

/** States each intent a second time, from names alone. The key is the role's name without the environment's name. */
const INTENTS: Readonly<Record<string, (plan: AccessPlan) => readonly IntendedStatement[]>> = {
  limit: limitFunctionIntent,
  'account-settings': accountSettingsIntent,
  'invocation-logs': invocationLogsIntent,
  'verification-starter': batchStarterIntent,
  'verification-runner': batchRunnerIntent,
  meter: meterIntent,
  verification: verificationIntent,
};

/** States what a role that serves this project itself may do. Its boundary permits the same. */
export function serviceRoleIntent(plan: AccessPlan, { name }: ServiceRolePlan): Policy {
  const part = name.slice(plan.environment.length + 1);
  const limited = plan.applications.find((a) => `${a.name}_limit` === part);
  const own = limited === undefined ? (INTENTS[part]?.(plan) ?? []) : limitRoleIntent(plan, limited);
  return intentPolicy(
    `the plan of ${name}`,
    plan.functions.some((f) => f.functionName === name) ? [...own, ownLog(plan, name), failedEvents(plan, name)] : own,
  );
}

/** States that a function may write its own log. */
function ownLog(plan: AccessPlan, name: string): IntendedStatement {
  return {
    Sid: `${name} writes its log`,
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: [inRegion(plan, 'logs', `log-group:/aws/lambda/${name}:*`)],
  };
}

/** States that Lambda may send the events that a function could not handle to the queue of the environment. */
function failedEvents(plan: AccessPlan, name: string): IntendedStatement {
  return {
    Sid: `the failed events of ${name} are kept`,
    Effect: 'Allow',
    Action: ['sqs:SendMessage'],
    Resource: [inRegion(plan, 'sqs', `${plan.environment}_dead-letters`)],
  };
}
