import type { ApplicationPlan } from '../application/application-plan';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import { planSplit, type SplitPlan } from './split-plan';

/** When the verification runs by itself. */
export interface SchedulePlan {
  readonly ruleName: string;
  readonly ruleArn: string;
  /** As EventBridge writes it, such as `rate(24 hours)`. */
  readonly expression: string;
  /** What the verification function is called with. */
  readonly event: { readonly scheduled: true };
  /**
   * What the rule starts in place of the function.
   *
   * @default - one run carries the environment
   */
  readonly split?: SplitPlan;
}

/** Decides when the verification of an environment runs by itself. */
export function planSchedule(
  place: Place,
  everyHours: number,
  applications: readonly ApplicationPlan[],
  functionArn: string,
): SchedulePlan {
  const { environment, account, region, partition } = place;
  const ruleName = physicalName([environment, 'verification-schedule']);
  const ruleArn = `arn:${partition}:events:${region}:${account}:rule/${ruleName}`;
  const split = planSplit(place, applications, functionArn, ruleArn);
  return {
    ruleName,
    ruleArn,
    // EventBridge refuses the plural of one, and any other singular.
    expression: `rate(${everyHours} ${everyHours === 1 ? 'hour' : 'hours'})`,
    event: { scheduled: true },
    ...(split !== undefined && { split }),
  };
}
