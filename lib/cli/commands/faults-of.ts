import type { AccessPlan } from '../../plan/environment/access-plan';
import type { Fault } from '../../sandbox/faults/fault';
import { FAULTS } from '../../sandbox/faults/faults';
import { didYouMean } from '../../spelling/did-you-mean';
import { UsageError } from '../terminal/command';

/** A fault that was asked for. */
export interface PlannedFault {
  readonly fault: Fault;
  /** As it was asked for. */
  readonly label: string;
  /**
   * The share of calls it hits, above 0 and up to 1.
   *
   * @default 1
   */
  readonly rate?: number;
  /**
   * Whose calls it hits.
   *
   * @default - everybody's
   */
  readonly alias?: { readonly application: string; readonly alias: string };
}

/**
 * What the values of `--fault` ask for, each one or more faults joined by commas.
 *
 * @throws UsageError with the faults there are, or the aliases, and what was probably meant
 */
export function faultsOf(values: readonly string[], plan: AccessPlan): readonly PlannedFault[] {
  return values.flatMap((value) => value.split(',')).map((label) => plannedFault(label.trim(), plan));
}

function plannedFault(label: string, plan: AccessPlan): PlannedFault {
  const [name = '', rest, ...more] = label.split(':');
  const fault = FAULTS.find((f) => f.name === name);
  if (fault === undefined) {
    const names = FAULTS.map((f) => f.name);
    throw new UsageError(`--fault: there is no fault '${name}'${didYouMean(name, names)}; faults: ${names.join(', ')}`);
  }
  if (rest === undefined) {
    return { fault, label };
  }
  const [application = '', alias = '', ...deeper] = rest.split('/');
  if (rest.includes('/') && more.length === 0 && deeper.length === 0) {
    const aliases = plan.applications.flatMap((a) => a.generations.map((g) => `${a.name}/${g.alias}`));
    if (!aliases.includes(rest)) {
      const known = [...new Set(aliases)];
      throw new UsageError(
        `--fault ${label}: ${plan.environment} has no alias '${rest}'${didYouMean(rest, known)}; aliases: ${known.join(', ')}`,
      );
    }
    return { fault, label, alias: { application, alias } };
  }
  const rate = /^(0|1|0?\.\d{1,9}|1\.0{1,9})$/.test(rest) && more.length === 0 ? Number(rest) : 0;
  if (rate === 0) {
    throw new UsageError(
      `--fault ${label}: '${[rest, ...more].join(':')}' is neither a share of calls, above 0 and up to 1, nor APPLICATION/ALIAS: ${name}:0.3`,
    );
  }
  return { fault, label, rate };
}
