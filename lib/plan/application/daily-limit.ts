import type { ApplicationPlan } from './application-plan';

/**
 * US dollars a day, estimated, at which an application's alarm rings.
 *
 * @returns undefined where nobody said what is much
 */
export function dailyLimitUsd({ alarms }: Pick<ApplicationPlan, 'alarms'>): number | undefined {
  return alarms.find(({ measure }) => 'name' in measure && measure.name === 'DailyUsd')?.threshold;
}
