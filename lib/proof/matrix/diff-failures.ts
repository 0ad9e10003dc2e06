import { isBroader } from '../controls/width';
import { type AccessDiff, differs } from './diff-access';
import type { ControlChange } from './diff-controls';
import type { AliasPrice } from './diff-money';

/** Differences on which `diff --fail-on` fails. */
export interface FailOn {
  /** Fails on any difference. */
  readonly any: boolean;
  /** Fails when a principal gains access, a guardrail is lost, a trust policy or boundary widens, or a control is weaker. */
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
    ...(failOn.broader ? broaderReasons(diff, failOn.costPercent).map((because) => failure('broader', because)) : []),
    ...(failOn.replaced && replaced > 0
      ? [failure('replaced', `${replaced === 1 ? 'a served profile is' : `${replaced} served profiles are`} replaced`)]
      : []),
    ...(failOn.costPercent === undefined
      ? []
      : costReasons(diff, failOn.costPercent).map((because) => failure('cost', because))),
  ];
}

/**
 * Says why access is broader. A sum of money that rises by at most `percent` is accepted. Access that a probe role gains along with its application counts once, for the
 * application.
 */
function broaderReasons({ changes, moved, controls = [] }: AccessDiff, percent: number | undefined): readonly string[] {
  const principals = new Set(changes.filter(isBroader).map((c) => c.principal)).size;
  const isAccepted = ({ kind, before, after }: ControlChange): boolean =>
    kind === 'money' &&
    percent !== undefined &&
    typeof before === 'number' &&
    typeof after === 'number' &&
    !rises(before, after, percent);
  const weaker = controls.filter((c) => isBroader(c) && !isAccepted(c)).length;
  return [
    ...(moved === undefined ? [] : ['all access is given in another account or Region']),
    ...(principals === 0
      ? []
      : [`access gets broader for ${principals === 1 ? 'a principal' : `${principals} principals`}`]),
    ...(weaker === 0 ? [] : [`${weaker === 1 ? 'a control is' : `${weaker} controls are`} weaker`]),
  ];
}

/** True for a rise by more than `percent`. A rounding error of decimal fractions is not a rise. */
function rises(before: number, after: number, percent: number): boolean {
  return after > before * (1 + percent / 100) * (1 + 1e-9);
}

function costReasons({ budgets, prices }: AccessDiff, percent: number): readonly string[] {
  const risesMore = (before: number, after: number): boolean => rises(before, after, percent);
  const lifted = (budgets?.changes ?? []).filter((b) => b.stays && b.after === undefined);
  return [
    ...(budgets !== undefined && risesMore(budgets.before, budgets.after)
      ? [`the sum of budgets rises by more than ${percent} %`]
      : []),
    ...lifted.map((b) => `${b.application} no longer has a budget`),
    ...prices
      .filter(({ before, after }) => isDearer(before, after, risesMore))
      .map(({ application, alias, comparedWith, after }) =>
        comparedWith === 'dearest'
          ? `${application}/${alias} is new, and ${after.price === null ? 'its price is not known' : `more than ${percent} % dearer than every model of ${application} before`}`
          : after.price === null
            ? `the price of ${application}/${alias} is no longer known`
            : `the price of ${application}/${alias} rises by more than ${percent} %`,
      ),
    ...(budgets?.unlimited ?? []).map((name) => `${name} is new and has no budget`),
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
  const caches = (['cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const).some((key) => {
    // A model without a cache has no price for it.
    const [old, current] = [before[key], after[key]];
    return old !== undefined && current !== undefined && rises(old, current);
  });
  return caches || rises(before.input, after.input) || rises(before.output ?? 0, after.output ?? 0);
}
