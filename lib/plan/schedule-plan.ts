import type { Place } from './names';
import { physicalName } from './physical-name';

/** When the verification runs by itself, and what tells that it failed. */
export interface SchedulePlan {
  readonly ruleName: string;
  readonly ruleArn: string;
  /** As EventBridge writes it, such as `rate(24 hours)`. */
  readonly expression: string;
  /** What the verification function is called with. */
  readonly event: { readonly scheduled: true };
  readonly alarm: AlarmPlan;
}

/** An alarm on a metric that the verification function writes, at 1 or above. */
export interface AlarmPlan {
  readonly name: string;
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Decides when the verification of an environment runs by itself. */
export function planSchedule(place: Place, everyHours: number): SchedulePlan {
  const { environment, account, region, partition } = place;
  const ruleName = physicalName([environment, 'verification-schedule']);
  return {
    ruleName,
    ruleArn: `arn:${partition}:events:${region}:${account}:rule/${ruleName}`,
    // EventBridge refuses the plural of one, and any other singular.
    expression: `rate(${everyHours} ${everyHours === 1 ? 'hour' : 'hours'})`,
    event: { scheduled: true },
    alarm: {
      name: physicalName([environment, 'verification-failed']),
      description: `Access in ${environment} does not work as intended: the scheduled verification failed. See what: npx bedrock-access verify ${environment}`,
      namespace: 'BedrockAccess',
      metricName: 'ScheduledRunFailed',
      dimensions: { Environment: environment },
    },
  };
}
