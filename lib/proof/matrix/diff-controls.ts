import { applicationsOf, controlsInEffect } from '../controls/controls-in-effect';
import { type AnyReviewed, type Controls, REVIEWED } from '../controls/environment-controls';
import type { ControlValue, Told } from '../controls/review';
import type { Width } from '../controls/width';
import type { AccessMatrix } from './access-matrix';
import { sides } from './diff-change';
import type { BudgetChange } from './diff-money';

/** A control that is weaker, stronger or otherwise changed. */
export interface ControlChange {
  readonly kind: 'control' | 'money';
  /** Path in the environment file. */
  readonly field: string;
  /** @default - it is of the whole environment */
  readonly application?: string;
  readonly width: Width;
  /** Says the change without its values. */
  readonly words: string;
  /** @default - the file did not have it */
  readonly before?: ControlValue;
  /** @default - the file no longer has it */
  readonly after?: ControlValue;
}

/**
 * Lists the controls that differ, weaker ones first. The controls of an application that only one side has are left out:
 * the application itself is the change.
 */
export function controlChanges(
  before: AccessMatrix,
  after: AccessMatrix,
  budgets: readonly BudgetChange[],
): readonly ControlChange[] {
  const there = new Set(applicationsOf(after.controls));
  const shared = new Set(applicationsOf(before.controls).filter((application) => there.has(application)));
  const [controlsBefore, controlsAfter] = controlsInEffect(before, after);
  const fields = [...new Set([...Object.keys(controlsBefore), ...Object.keys(controlsAfter)])].sort();
  // A budget that is gone or new is told as a whole, apart from the denial at its limit.
  const wholeBudgets = budgets.filter((b) => b.before === undefined || b.after === undefined).map((b) => b.application);
  const gone = new Map<string, ControlChange>();
  const changes = fields.flatMap((field): readonly ControlChange[] => {
    const [old, current] = [own(controlsBefore, field), own(controlsAfter, field)];
    const path = field.split('.');
    const application = path[0] === 'applications' ? path[1] : undefined;
    const isOfWhole = (name: string): boolean =>
      !shared.has(name) || (wholeBudgets.includes(name) && path[2] === 'budget' && ![old, current].includes('deny'));
    if (JSON.stringify(old) === JSON.stringify(current) || (application !== undefined && isOfWhole(application))) {
      return [];
    }
    const group = goneGroup(path, controlsBefore, controlsAfter);
    if (group !== undefined) {
      gone.set(group.field, { ...group, ...(application !== undefined && { application }) });
      return [];
    }
    return [
      {
        kind: kindOf(path),
        field,
        ...(application !== undefined && { application }),
        ...compare(path, old, current),
        ...sides(old, current),
      },
    ];
  });
  const order: readonly Width[] = ['broader', 'both', 'same', 'narrower'];
  return [...changes, ...gone.values(), ...budgets.flatMap(budgetControl)].sort(
    (a, b) => order.indexOf(a.width) - order.indexOf(b.width) || (a.field < b.field ? -1 : 1),
  );
}

function own(controls: Controls, field: string): ControlValue | undefined {
  return Object.hasOwn(controls, field) ? controls[field] : undefined;
}

/** A matrix may hold a field that this version does not know. Its change counts as a weaker control. */
function compare(path: readonly string[], before: ControlValue | undefined, after: ControlValue | undefined): Told {
  const review = reviewedAt(path);
  return review !== undefined && 'compare' in review
    ? review.compare(before, after)
    : { width: 'both', words: 'a control that this version does not know changes' };
}

function kindOf(path: readonly string[]): ControlChange['kind'] {
  const review = reviewedAt(path);
  return review !== undefined && 'kind' in review && review.kind === 'money' ? 'money' : 'control';
}

function reviewedAt(path: readonly string[]): AnyReviewed | undefined {
  return path.reduce<AnyReviewed | undefined>(
    (reviewed, key) =>
      reviewed === undefined || 'kind' in reviewed
        ? undefined
        : 'each' in reviewed
          ? reviewed.each
          : reviewed.fields[key],
    REVIEWED,
  );
}

/** Returns the change of a whole map that only one side has, and that is told as one change. */
function goneGroup(path: readonly string[], before: Controls, after: Controls): ControlChange | undefined {
  // A map in the map that is gone is gone with it.
  const groups = path.map((_, i) => path.slice(0, i)).filter((outer) => wholeAt(outer) !== undefined);
  const [group = []] = groups;
  const whole = wholeAt(group);
  const field = group.join('.');
  const has = (controls: Controls): boolean => Object.keys(controls).some((key) => key.startsWith(`${field}.`));
  if (whole === undefined || (has(before) && has(after))) {
    return undefined;
  }
  return has(before)
    ? { kind: 'control', field, width: 'broader', words: whole.gone }
    : { kind: 'control', field, width: 'narrower', words: whole.added };
}

function wholeAt(path: readonly string[]) {
  const reviewed = reviewedAt(path);
  return reviewed !== undefined && 'fields' in reviewed ? reviewed.whole : undefined;
}

/** A higher budget lets an application spend more. One of a new or a removed application is no change of a control. */
function budgetControl({ application, before, after, stays }: BudgetChange): readonly ControlChange[] {
  const isHigher = after === undefined || (before !== undefined && after > before);
  return stays
    ? [
        {
          kind: 'money',
          field: `applications.${application}.budget.monthlyUsd`,
          application,
          width: isHigher ? 'broader' : 'narrower',
          words:
            after === undefined
              ? 'the application has no budget any more'
              : before === undefined
                ? 'the application has a budget'
                : `the monthly budget is ${isHigher ? 'higher' : 'lower'}`,
          ...sides(before, after),
        },
      ]
    : [];
}
