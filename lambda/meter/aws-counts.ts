import type { Clock } from '../../aws/clock';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import { type Period, readSeries } from '../dollars/read-series';

/** A metric of a service of AWS that counts something, such as the runs of a function. Only AWS can write it. */
export interface AwsCount {
  readonly namespace: 'AWS/Lambda' | 'AWS/Events';
  readonly name: string;
  readonly dimension: 'FunctionName' | 'RuleName';
  readonly value: string;
}

/** Runs of a function, and the runs of them that failed. */
export function runsOf(functionName: string): { readonly all: AwsCount; readonly failed: AwsCount } {
  const of = (name: string): AwsCount => ({
    ...{ namespace: 'AWS/Lambda', dimension: 'FunctionName' },
    name,
    value: functionName,
  });
  return { all: of('Invocations'), failed: of('Errors') };
}

/** Targets that a rule has started, and those of them that could not be started. */
export function startsOf(ruleName: string): { readonly all: AwsCount; readonly failed: AwsCount } {
  const of = (name: string): AwsCount => ({
    ...{ namespace: 'AWS/Events', dimension: 'RuleName' },
    name,
    value: ruleName,
  });
  return { all: of('Invocations'), failed: of('FailedInvocations') };
}

/** Returns how many succeeded in a period. */
export async function succeeded(
  cloudWatch: CloudWatch,
  clock: Clock,
  period: Period,
  { all, failed }: { readonly all: AwsCount; readonly failed: AwsCount },
): Promise<number> {
  let count = 0;
  const series = ({ namespace, name, dimension, value }: AwsCount, sign: 1 | -1) => ({
    metric: { Namespace: namespace, MetricName: name, Dimensions: [{ Name: dimension, Value: value }] },
    stat: 'Sum' as const,
    take: (_: number, counted: number) => {
      count += sign * counted;
    },
  });
  await readSeries(cloudWatch, clock, period, [series(all, 1), series(failed, -1)]);
  return count;
}
