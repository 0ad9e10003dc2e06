import type { AccessPlan } from '../../plan/environment/access-plan';
import { inRegion } from './arns';
import type { IntendedStatement } from './intent-policy';

/** States what the meter may do: read which profiles exist, the metrics of their calls, and the quotas. */
export function meterIntent(plan: AccessPlan): readonly IntendedStatement[] {
  const parameters = inRegion(plan, 'ssm', 'parameter/bedrock-access');
  return [
    {
      Sid: 'the meter reads the aliases of every environment',
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
    {
      Sid: 'the meter reads quotas',
      Effect: 'Allow',
      Action: ['servicequotas:ListServiceQuotas'],
      Resource: ['*'],
    },
  ];
}
