import type { AccessPlan } from '../../plan/environment/access-plan';
import { inRegion, ownRole } from './arns';
import type { IntendedStatement } from './intent-policy';

/**
 * States what the verification may do: assume probe roles, read its environment's aliases and stacks, and read metrics.
 */
export function verificationIntent(plan: AccessPlan): readonly IntendedStatement[] {
  const parameters = inRegion(plan, 'ssm', `parameter/bedrock-access/${plan.environment}`);
  return [
    {
      Sid: 'the verification assumes probe roles',
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Resource: [ownRole(plan, 'probe/*')],
    },
    {
      Sid: 'the verification reads aliases',
      Effect: 'Allow',
      Action: ['ssm:GetParametersByPath'],
      Resource: [parameters, `${parameters}/*`],
    },
    {
      Sid: 'the verification reads its stacks',
      Effect: 'Allow',
      Action: ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackResource'],
      Resource: [inRegion(plan, 'cloudformation', `stack/${plan.environment}--*/*`)],
    },
    {
      Sid: 'the verification reads metrics',
      Effect: 'Allow',
      Action: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'],
      Resource: ['*'],
    },
  ];
}
