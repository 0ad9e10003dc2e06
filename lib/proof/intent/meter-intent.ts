import type { AccessPlan } from '../../plan/environment/access-plan';
import { inRegion } from './arns';
import type { IntendedStatement } from './intent-policy';

/** States what the meter may do: read which profiles exist, and the metrics of their calls. */
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
