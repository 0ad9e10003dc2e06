import type { ApplicationPlan } from './application-plan';

/**
 * Returns the estimated cost of a day, in US dollars, at which an application's alarm goes off.
 *
 * @returns undefined when the application has no such alarm
 */
export function dailyLimitUsd({ alarms }: Pick<ApplicationPlan, 'alarms'>): number | undefined {
  return alarms.find(({ measure }) => 'name' in measure && measure.name === 'DailyUsd')?.threshold;
}
