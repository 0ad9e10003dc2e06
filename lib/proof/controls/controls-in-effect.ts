import { ALARM_DEFAULTS } from '../../plan/application/application-alarms';
import { DEFAULT_ALERTS } from '../../plan/application/budget-plan';
import { dailyLimit } from '../../plan/application/daily-limit';
import type { Controls } from './environment-controls';
import type { FileControls } from './file-controls';
import type { ControlValue } from './review';

/** Stands for the probes of an application whose file does not choose them. */
const ALL_PROBES = 'all that the model can do';

type Field = readonly [field: string, value: ControlValue];

/**
 * Returns the controls of two sides, each with the defaults of what its file leaves out and the other file says. Without
 * them, an alarm that is set far above its default would count as a new one, and so as a stronger control.
 */
export function controlsInEffect(before: FileControls, after: FileControls): readonly [Controls, Controls] {
  // Without `dailyUsd`, the alarm has a default, and the daily denial has none.
  const deniesNoLonger = (application: string): boolean =>
    before.controls[`applications.${application}.budget.atLimit`] === 'deny';
  return [
    { ...before.controls, ...Object.fromEntries(defaults(before, after, () => false)) },
    { ...after.controls, ...Object.fromEntries(defaults(after, before, deniesNoLonger)) },
  ];
}

function defaults(
  { controls, budgets }: FileControls,
  other: FileControls,
  withoutDaily: (application: string) => boolean,
): readonly Field[] {
  const isLeftOut = ([field]: Field): boolean =>
    !Object.hasOwn(controls, field) && Object.hasOwn(other.controls, field);
  const isEmpty = (field: string): boolean => String(controls[field] ?? 'none') === '';
  return applicationsOf(controls).flatMap((application): readonly Field[] => {
    const at = `applications.${application}`;
    const monthlyUsd = budgets[application];
    const daily = monthlyUsd === undefined ? undefined : dailyLimit({ budget: { monthlyUsd } });
    const fields: readonly Field[] = [
      ...Object.entries(ALARM_DEFAULTS).map(([key, value]): Field => [`${at}.alarms.${key}`, value]),
      [`${at}.verify`, ALL_PROBES],
      ...(daily === undefined || withoutDaily(application) ? [] : [[`${at}.alarms.dailyUsd`, daily] as const]),
    ];
    const alerts = [`${at}.budget.alerts`, `${at}.budget.forecast`];
    return [
      ...fields.filter(isLeftOut),
      ...(alerts.every(isEmpty) ? [[`${at}.budget.alerts`, DEFAULT_ALERTS] as const] : []),
    ];
  });
}

/** Lists the applications of a file. A matrix may have a field that this version does not know. */
export function applicationsOf(controls: Controls): readonly string[] {
  const found = Object.keys(controls).flatMap((field) => {
    const [first, application] = field.split('.');
    return first === 'applications' && application !== undefined ? [application] : [];
  });
  return [...new Set(found)];
}
