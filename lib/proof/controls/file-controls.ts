import type { EnvironmentConfig } from '../../config/environment-schema';
import { type Controls, environmentControls } from './environment-controls';

/** What a matrix takes from the environment file, because no template shows it. */
export interface FileControls {
  /** Monthly budget of each application, in US dollars. */
  readonly budgets: Readonly<Record<string, number>>;
  readonly controls: Controls;
}

export function fileControls(environment: EnvironmentConfig): FileControls {
  const budgets = Object.entries(environment.applications).flatMap(([name, { budget }]) =>
    budget === undefined ? [] : [[name, budget.monthlyUsd] as const],
  );
  return {
    budgets: Object.fromEntries(budgets.sort(([a], [b]) => (a < b ? -1 : 1))),
    controls: environmentControls(environment),
  };
}
