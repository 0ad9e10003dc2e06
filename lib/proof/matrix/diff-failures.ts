import { type AccessDiff, differs } from './diff-access';
import { isBroader } from './diff-change';
import type { AliasPrice } from './diff-money';

/** Differences on which `diff --fail-on` fails. */
export interface FailOn {
  /** Fails on any difference. */
  readonly any: boolean;
  /** Fails when a principal gains access, a guardrail is lost, or a trust policy or boundary widens. */
  readonly broader: boolean;
  /** Fails when another profile serves an alias. */
  readonly replaced: boolean;
  /**
   * Largest rise, in percent, that is accepted for the price of an alias and for the sum of budgets.
   *
   * @default - any rise is accepted
   */
  readonly costPercent?: number;
}

/** A reason why `diff` fails. */
export interface DiffFailure {
  readonly environment: string;
  readonly choice: 'any' | 'broader' | 'replaced' | 'cost';
  readonly because: string;
}

/** Lists the reasons why the command fails on a change of one environment. */
export function diffFailures(diff: AccessDiff, failOn: FailOn): readonly DiffFailure[] {
  const { environment, profiles } = diff;
  const replaced = profiles.filter((p) => p.change === 'replaced').length;
  const failure = (choice: DiffFailure['choice'], because: string): DiffFailure => ({ environment, choice, because });
  return [
    ...(failOn.any && differs(diff) ? [failure('any', 'the two sides differ')] : []),
    ...(failOn.broader ? broaderReasons(diff).map((because) => failure('broader', because)) : []),
    ...(failOn.replaced && replaced > 0
      ? [failure('replaced', `${replaced === 1 ? 'a served profile is' : `${replaced} served profiles are`} replaced`)]
      : []),
    ...(failOn.costPercent === undefined
      ? []
      : costReasons(diff, failOn.costPercent).map((because) => failure('cost', because))),
  ];
}

/**
 * Says why access is broader. Access that a probe role gains along with its application counts once, for the
 * application.
 */
function broaderReasons({ changes, moved }: AccessDiff): readonly string[] {
  const principals = new Set(changes.filter(isBroader).map((c) => c.principal)).size;
  return [
    ...(moved === undefined ? [] : ['all access is given in another account or Region']),
    ...(principals === 0
      ? []
      : [`access gets broader for ${principals === 1 ? 'a principal' : `${principals} principals`}`]),
  ];
}

function costReasons({ budgets, prices }: AccessDiff, percent: number): readonly string[] {
  // A rounding error of decimal fractions is not a rise.
  const rises = (before: number, after: number): boolean => after > before * (1 + percent / 100) * (1 + 1e-9);
  const lifted = (budgets?.changes ?? []).filter((b) => b.stays && b.after === undefined);
  return [
    ...(budgets !== undefined && rises(budgets.before, budgets.after)
      ? [`the sum of budgets rises by more than ${percent} %`]
      : []),
    ...lifted.map((b) => `${b.application} no longer has a budget`),
    ...prices
      .filter(({ before, after }) => isDearer(before, after, rises))
      .map(({ application, alias, after }) =>
        after.price === null
          ? `the price of ${application}/${alias} is no longer known`
          : `the price of ${application}/${alias} rises by more than ${percent} %`,
      ),
  ];
}

/** True when a price rises. A price that becomes unknown counts as risen; one that was unknown cannot be compared. */
function isDearer(
  { price: before }: AliasPrice,
  { price: after }: AliasPrice,
  rises: (before: number, after: number) => boolean,
): boolean {
  if (before === null || after === null) {
    return before !== null;
  }
  return rises(before.input, after.input) || rises(before.output ?? 0, after.output ?? 0);
}
