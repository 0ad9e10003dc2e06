import { regionalArn } from '../../catalog/arn';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import type { MetricPlan } from './metric-plan';
import type { MetricsById } from './ratio-plan';

/** An alarm of CloudWatch, and what to do when it rings. */
export interface AlarmPlan {
  readonly name: string;
  readonly arn: string;
  readonly runbook: Runbook;
  /** One metric, or an expression over at most ten. */
  readonly measure: MetricPlan | MathPlan;
  readonly comparison: 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold';
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: 'breaching' | 'ignore' | 'notBreaching';
  /** ARNs of topics and functions. */
  readonly actions: readonly string[];
}

/** What an alarm on several metrics looks at. */
export interface MathPlan {
  readonly label: string;
  readonly expression: string;
  readonly metrics: MetricsById;
}

/** The line that stands with an alarm, in its description and on the dashboard. */
export interface Runbook {
  readonly meaning: string;
  readonly lookAt: string;
  readonly run: string;
}

/** CloudWatch takes 1,024 characters (PutMetricAlarm, botocore 1.44.5). */
export function alarmDescription({ meaning, lookAt, run }: Runbook): string {
  return `${meaning} Look at ${lookAt}. Run: ${run}`;
}

type AlarmProps = Omit<AlarmPlan, 'name' | 'arn' | 'datapointsToAlarm' | 'comparison'> &
  Partial<Pick<AlarmPlan, 'datapointsToAlarm' | 'comparison'>>;

/** An alarm called by `parts`; at the threshold or above in every period, unless it says otherwise. */
export function planAlarm(place: Place, parts: readonly string[], props: AlarmProps): AlarmPlan {
  const name = physicalName([place.environment, ...parts]);
  return {
    comparison: 'GreaterThanOrEqualToThreshold',
    datapointsToAlarm: props.evaluationPeriods,
    ...props,
    name,
    arn: regionalArn(place, 'cloudwatch', `alarm:${name}`),
  };
}
