import type { AccessPlan } from '../../plan/environment/access-plan';
import { inRegion } from './arns';
import type { IntendedStatement } from './intent-policy';

/** The meter finds out which profiles there are, and how much they were called. */
export function meterIntent(plan: AccessPlan): readonly IntendedStatement[] {
  const parameters = inRegion(plan, 'ssm', `parameter/bedrock-access/${plan.environment}`);
  return [
    {
      Sid: 'the meter reads the aliases of its environment',
      Effect: 'Allow',
      Action: ['ssm:GetParametersByPath'],
      Resource: [parameters, `${parameters}/*`],
    },
    {
      Sid: 'the meter reads metrics',
      Effect: 'Allow',
      Action: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'],
      Resource: ['*'],
    },
  ];
}
