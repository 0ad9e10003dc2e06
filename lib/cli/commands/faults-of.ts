import type { AccessPlan } from '../../plan/environment/access-plan';
import type { Fault } from '../../sandbox/faults/fault';
import { FAULTS } from '../../sandbox/faults/faults';
import { didYouMean } from '../../spelling/did-you-mean';
import { UsageError } from '../terminal/command';

/** A fault that `--fault` requests. */
export interface PlannedFault {
  readonly fault: Fault;
  /** The fault as the command line has it. */
  readonly label: string;
  /**
   * Share of calls into which it is injected, above 0 and at most 1.
   *
   * @default 1
   */
  readonly rate?: number;
  /**
   * Alias into whose calls it is injected.
   *
   * @default - the calls of all aliases
   */
  readonly alias?: { readonly application: string; readonly alias: string };
}

/**
 * Reads the values of `--fault`. Each value is one or more faults, joined by commas.
 *
 * @throws UsageError with the known faults or aliases, and the one that was probably meant
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
      `--fault ${label}: '${[rest, ...more].join(':')}' is neither a share of calls, above 0 and at most 1, nor APPLICATION/ALIAS; write for example ${name}:0.3`,
    );
  }
  return { fault, label, rate };
}
