import type { Width } from './width';

/** A value of the environment file as a matrix keeps it. Lists of maps are kept as lists of texts. */
export type ControlValue = string | number | boolean | readonly (string | number)[];

/** What a review says about a change of one field. */
export interface Told {
  readonly width: Width;
  /** Says the change without the values, such as `the monthly budget is higher`. */
  readonly words: string;
}

/**
 * How a field of the environment file is reviewed.
 *
 * - `control` and `money`: the matrix holds the value, and `compare` says what a change means.
 * - `access`: a change shows in the calls, profiles and trust policies of the matrix.
 * - `neutral`: a change neither gives access nor weakens a control.
 */
export type Review =
  | {
      readonly kind: 'control' | 'money';
      /** @param before undefined where the file does not have the field */
      readonly compare: (before: ControlValue | undefined, after: ControlValue | undefined) => Told;
    }
  | { readonly kind: 'access' | 'neutral'; readonly because: string };

/** A map of the file. Every field of it has to be reviewed: one that is not does not compile. */
export interface ReviewedMap<T> {
  /**
   * Says that the map is gone, or new, so that its fields are not told one by one.
   *
   * @default - its fields are told
   */
  readonly whole?: { readonly gone: string; readonly added: string };
  readonly fields: { readonly [Key in keyof T]-?: Reviewed<Exclude<T[Key], undefined>> };
}

/** A map whose keys the author of the file chooses. All its values are reviewed alike. */
export interface ReviewedEach<T> {
  readonly each: Reviewed<T>;
}

export type Reviewed<T> = [T] extends [readonly unknown[]]
  ? Review
  : [T] extends [object]
    ? string extends keyof T
      ? ReviewedEach<T[keyof T]> | Review
      : ReviewedMap<T>
    : Review;
