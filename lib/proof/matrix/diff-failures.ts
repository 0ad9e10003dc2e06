import { type AccessDiff, differs } from './diff-access';
import { isBroader } from './diff-change';
import type { AliasPrice } from './diff-money';

/** What `diff --fail-on` fails on. */
export interface FailOn {
  readonly any: boolean;
  /** Somebody gains access, a guard is lost, or a trust or boundary widens. */
  readonly broader: boolean;
  /** The profile that serves an alias is another. */
  readonly replaced: boolean;
  /**
   * By how many percent the price of an alias, or the sum of budgets, may rise.
   *
   * @default - by any
   */
  readonly costPercent?: number;
}

/** One reason why `diff` fails. */
export interface DiffFailure {
  readonly environment: string;
  readonly choice: 'any' | 'broader' | 'replaced' | 'cost';
  readonly because: string;
}

/** What a change of one environment does on which the command fails. */
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

/** What probe roles gain along with their application is among the changes of the application. */
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
  // What decimal fractions are off by is no rise.
  const more = (before: number, after: number): boolean => after > before * (1 + percent / 100) * (1 + 1e-9);
  const lifted = (budgets?.changes ?? []).filter((b) => b.stays && b.after === undefined);
  return [
    ...(budgets !== undefined && more(budgets.before, budgets.after)
      ? [`the sum of budgets rises by more than ${percent} %`]
      : []),
    ...lifted.map((b) => `${b.application} has no budget any more`),
    ...prices
      .filter(({ before, after }) => dearer(before, after, more))
      .map(({ application, alias, after }) =>
        after.price === null
          ? `the price of ${application}/${alias} is unknown now`
          : `the price of ${application}/${alias} rises by more than ${percent} %`,
      ),
  ];
}

/** A price that becomes unknown may have risen; one that was unknown cannot be compared. */
function dearer(
  { price: before }: AliasPrice,
  { price: after }: AliasPrice,
  more: (before: number, after: number) => boolean,
): boolean {
  if (before === null || after === null) {
    return before !== null;
  }
  return more(before.input, after.input) || more(before.output ?? 0, after.output ?? 0);
}
