import type { AccessPlan } from '../../plan/environment/access-plan';
import type { IntendedStatement } from './intent-policy';

/** The verification becomes probe roles, finds the aliases and stacks of its environment, and reads metrics. */
export function verificationIntent({
  partition,
  region,
  account,
  environment,
}: AccessPlan): readonly IntendedStatement[] {
  const here = (service: string, rest: string): string => `arn:${partition}:${service}:${region}:${account}:${rest}`;
  const parameters = here('ssm', `parameter/bedrock-access/${environment}`);
  return [
    {
      Sid: 'the verification assumes probe roles',
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Resource: [`arn:${partition}:iam::${account}:role/bedrock-access/${environment}/probe/*`],
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
      Action: ['cloudformation:DescribeStacks'],
      Resource: [here('cloudformation', `stack/${environment}--*/*`)],
    },
    {
      Sid: 'the verification reads metrics',
      Effect: 'Allow',
      Action: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'],
      Resource: ['*'],
    },
  ];
}
