import type { ControlValue, Review, Told } from './review';
import { widthOf } from './width';

type Kind = 'control' | 'money';
type Compare = (before: ControlValue | undefined, after: ControlValue | undefined) => Told;

/** A number that limits something: a higher one limits less, and without one there is no limit. */
export function limit(kind: Kind, noun: string): Review {
  return { kind, compare: ordered(noun, (before, after) => after > before) };
}

/** A number of which more is safer, such as the days for which a log is kept. */
export function duration(kind: Kind, noun: string): Review {
  return { kind, compare: ordered(noun, (before, after) => after < before) };
}

function ordered(noun: string, isWeaker: (before: number, after: number) => boolean): Compare {
  return (before, after) => {
    if (typeof before !== 'number' || typeof after !== 'number') {
      return gainedOrLost(noun, before, after);
    }
    return {
      width: isWeaker(before, after) ? 'broader' : 'narrower',
      words: `${noun} is ${after > before ? 'higher' : 'lower'}`,
    };
  };
}

function gainedOrLost(noun: string, before: ControlValue | undefined, after: ControlValue | undefined): Told {
  return after === undefined
    ? { width: 'broader', words: `${noun} is gone` }
    : before === undefined
      ? { width: 'narrower', words: `${noun} is new` }
      : { width: 'both', words: `${noun} changes` };
}

/** A choice whose values are listed from the weakest to the strongest, each with what it means. Without one, it is the weakest. */
export function choice(
  kind: Kind,
  ...weakestFirst: readonly (readonly [value: ControlValue, words: string])[]
): Review {
  return {
    kind,
    compare: (before, after) => {
      const at = (value: ControlValue | undefined): number =>
        value === undefined ? 0 : weakestFirst.findIndex(([v]) => v === value);
      return {
        width: at(after) < at(before) ? 'broader' : 'narrower',
        words: weakestFirst[at(after)]?.[1] ?? 'the value is unknown',
      };
    },
  };
}

/**
 * A list that permits what it names. Without a list, everything is permitted.
 *
 * @param covers true when an entry permits everything that another entry permits
 */
export function permits(kind: Kind, noun: string, covers: Covers = isSame): Review {
  return {
    kind,
    compare: (before, after) =>
      after === undefined
        ? { width: 'broader', words: `${noun} are no longer limited` }
        : before === undefined
          ? { width: 'narrower', words: `${noun} are limited` }
          : exchanged(noun, before, after, { added: 'broader', removed: 'narrower' }, covers),
  };
}

/** The probes of an application. Without a list, everything that the model can do is tried. */
export function probes(kind: Kind, noun: string): Review {
  return {
    kind,
    compare: (before, after) => {
      const [old, current] = [before, after].map((value) => typeof value === 'string');
      return old !== current
        ? { width: old ? 'broader' : 'narrower', words: `${noun} are ${old ? 'fewer' : 'more'}` }
        : exchanged(noun, before ?? [], after ?? [], { added: 'narrower', removed: 'broader' });
    },
  };
}

/** A list that demands what it names, such as tags. Without a list, nothing is demanded. */
export function demands(kind: Kind, noun: string): Review {
  return {
    kind,
    compare: (before, after) => exchanged(noun, before ?? [], after ?? [], { added: 'narrower', removed: 'broader' }),
  };
}

/** A list of which each entry makes an exception. Without a list, there is none. */
export function exceptions(kind: Kind, noun: string): Review {
  return {
    kind,
    compare: (before, after) => exchanged(noun, before ?? [], after ?? [], { added: 'broader', removed: 'narrower' }),
  };
}

/** People who are told. Removing one weakens a control; adding one tells somebody else. */
export function recipients(kind: Kind, noun: string): Review {
  return {
    kind,
    compare: (before, after) => {
      const { lost } = differenceOf(before ?? [], after ?? []);
      return lost.length > 0
        ? { width: 'broader', words: `${noun} no longer go to everybody they went to` }
        : { width: 'same', words: `${noun} go to more people` };
    },
  };
}

/** One person or address that is told, or one thing that another cannot stand in for. Any change is a weaker control. */
export function fixed(kind: Kind, noun: string): Review {
  return { kind, compare: (before, after) => gainedOrLost(noun, before, after) };
}

/** A value whose change is told, and whose change does not weaken anything. */
export function told(kind: Kind, words: string): Review {
  return { kind, compare: () => ({ width: 'same', words }) };
}

/** Percentages at which somebody is told. Fewer of them, or higher ones, are weaker. */
export function thresholds(kind: Kind, noun: string): Review {
  const sorted = (value: ControlValue | undefined): readonly number[] =>
    listOf(value)
      .map(Number)
      .sort((a, b) => a - b);
  return {
    kind,
    compare: (before, after) => {
      const [old, current] = [sorted(before), sorted(after)];
      const weaker = old.some((percent, i) => (current[i] ?? Number.POSITIVE_INFINITY) > percent);
      const words = current.length < old.length ? 'are fewer' : weaker ? 'come later' : 'come earlier or are more';
      return { width: weaker ? 'broader' : 'narrower', words: `${noun} ${words}` };
    },
  };
}

interface Exchange {
  readonly added: 'broader' | 'narrower';
  readonly removed: 'broader' | 'narrower';
}

type Covers = (entry: string, other: string) => boolean;

const isSame: Covers = (entry, other) => entry === other;

function exchanged(
  noun: string,
  before: ControlValue,
  after: ControlValue,
  { added, removed }: Exchange,
  covers = isSame,
): Told {
  const { gained, lost } = differenceOf(before, after, covers);
  const has = (width: 'broader' | 'narrower'): boolean =>
    (gained.length > 0 && added === width) || (lost.length > 0 && removed === width);
  return {
    width: widthOf(has('broader'), has('narrower')),
    words: `${noun} ${gained.length > 0 ? (lost.length > 0 ? 'are others' : 'are more') : lost.length > 0 ? 'are fewer' : 'are the same, listed in another way'}`,
  };
}

function differenceOf(before: ControlValue, after: ControlValue, covers = isSame) {
  const [old, current] = [listOf(before).map(String), listOf(after).map(String)];
  const without = (list: readonly string[], others: readonly string[]): readonly string[] =>
    list.filter((entry) => !others.some((other) => covers(other, entry)));
  return { gained: without(current, old), lost: without(old, current) };
}

function listOf(value: ControlValue | undefined): readonly (string | number)[] {
  return value === undefined ? [] : typeof value === 'object' ? value : [String(value)];
}
