import type { ApplicationConfig } from '../../config/environment-schema';
import type { AlarmPlan } from '../parts/alarm-plan';

/**
 * Returns the cost of a day, in US dollars, at which an application's alarm goes off, or `undefined` if the file sets
 * neither a daily limit nor a budget.
 *
 * Without `dailyUsd` the limit is three times a thirtieth of the monthly budget. A day above it is not merely busy: at
 * that rate the budget of the month is spent in ten days.
 */
export function dailyLimit({
  alarms,
  budget,
}: Pick<ApplicationConfig, 'alarms'> & { readonly budget?: { readonly monthlyUsd: number } | undefined }):
  | number
  | undefined {
  return alarms?.dailyUsd ?? (budget && Math.max(0.01, Math.round(budget.monthlyUsd * 10) / 100));
}

/**
 * Returns the estimated cost of a day, in US dollars, at which an application's alarm goes off.
 *
 * @returns undefined when the application has no such alarm
 */
export function dailyLimitUsd({ alarms }: { readonly alarms: readonly AlarmPlan[] }): number | undefined {
  return alarms.find(({ measure }) => 'name' in measure && measure.name === 'DailyUsd')?.threshold;
}
