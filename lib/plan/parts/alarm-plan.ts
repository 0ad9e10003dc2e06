import { regionalArn } from '../../catalog/arn';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import type { MetricPlan } from './metric-plan';

/** A CloudWatch alarm, and what to do when it goes off. */
export interface AlarmPlan {
  readonly name: string;
  readonly arn: string;
  readonly runbook: Runbook;
  /** One metric, or an expression over at most ten metrics. */
  readonly measure: MetricPlan | MathPlan;
  readonly comparison: 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold';
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: 'breaching' | 'ignore' | 'notBreaching';
  /** ARNs of the topics and functions that the alarm notifies. */
  readonly actions: readonly string[];
}

/** A metric math expression, with the metrics that it reads. */
export interface MathPlan {
  readonly label: string;
  readonly expression: string;
  /** By the id that the expression uses for each. */
  readonly metrics: Readonly<Record<string, MetricPlan>>;
}

/** The instructions for an alarm. They are shown in its description and on the dashboard. */
export interface Runbook {
  readonly meaning: string;
  readonly lookAt: string;
  readonly run: string;
}

/** Writes the description of an alarm. CloudWatch allows 1,024 characters (PutMetricAlarm, botocore 1.44.5). */
export function alarmDescription({ meaning, lookAt, run }: Runbook): string {
  return `${meaning} Look at ${lookAt}. Run: ${run}`;
}

/** CloudWatch allows 255 characters in the name of an alarm (PutMetricAlarm, botocore 1.44.5). */
const LONGEST_NAME = 255;

type AlarmProps = Omit<AlarmPlan, 'name' | 'arn' | 'datapointsToAlarm' | 'comparison'> &
  Partial<Pick<AlarmPlan, 'datapointsToAlarm' | 'comparison'>>;

/**
 * Decides an alarm whose name is made of `parts`. Unless `props` says otherwise, it goes off when the measure is at or
 * above the threshold in every evaluated period.
 */
export function planAlarm(place: Place, parts: readonly string[], props: AlarmProps): AlarmPlan {
  const name = physicalName([place.environment, ...parts], LONGEST_NAME);
  return {
    comparison: 'GreaterThanOrEqualToThreshold',
    datapointsToAlarm: props.evaluationPeriods,
    ...props,
    name,
    arn: regionalArn(place, 'cloudwatch', `alarm:${name}`),
  };
}
