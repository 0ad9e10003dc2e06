import type { z } from 'zod';

/**
 * Ties a schema to the type that it describes: `schemaOf<Problem>()(z.strictObject({ … }))` compiles as long as both have
 * the same fields, and every value of the type fits the schema. The error names the fields that differ.
 */
export const schemaOf =
  <T>() =>
  <S extends z.ZodType>(schema: S & Tied<Difference<Plain<T>, Plain<z.output<S>>>>): S =>
    schema;

type Tied<Differences> = [Differences] extends [never] ? unknown : { readonly differences: Differences };

/** A type as JSON has it: arrays can be written to, and an optional field is absent instead of undefined. */
type Plain<T> = unknown extends T
  ? T
  : T extends readonly (infer Element)[]
    ? Plain<Widest<Element>>[]
    : T extends object
      ? { -readonly [Key in keyof T]: Plain<Exclude<T[Key], undefined>> }
      : T;

/** A union without the members that are special cases of another member. */
type Widest<T, All = T> = T extends unknown ? (T extends Exclude<All, T> ? never : T) : never;

/** The paths at which a type and its schema differ; `never` where they agree. */
type Difference<T, S, Path extends string = ''> = [IsUnion<T> | IsUnion<S>] extends [false]
  ? [T, S] extends [(infer Element)[], (infer Item)[]]
    ? Difference<Element, Item, `${Path}[]`>
    : [T, S] extends [object, object]
      ? FieldDifference<T, S, keyof (T & S), Path>
      : ValueDifference<T, S, Path>
  : ValueDifference<T, S, Path>;

type FieldDifference<T, S, Key, Path extends string> = Key extends keyof T & string
  ? Key extends keyof S
    ? IsOptional<T, Key> extends IsOptional<S, Key>
      ? Difference<Exclude<T[Key], undefined>, Exclude<S[Key], undefined>, `${Path}.${Key}`>
      : `${Path}.${Key} is optional on one side alone`
    : `${Path}.${Key} is not in the schema`
  : `${Path}.${Key & string} is in the schema alone`;

type IsOptional<T, Key extends keyof T> = T extends Record<Key, T[Key]> ? false : true;

/** Compares only the kinds of values, because a schema may allow any text where the type allows only certain texts. */
type ValueDifference<T, S, Path extends string> = [T] extends [S]
  ? Equal<Widened<T>, Widened<S>> extends true
    ? never
    : `${Path} has another type in the schema`
  : `${Path} has values that the schema refuses`;

type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : unknown extends T
      ? T
      : T extends (infer Element)[]
        ? Widened<Element>[]
        : T extends object
          ? { [Key in keyof T]: Widened<T[Key]> }
          : T;

type IsUnion<T, All = T> = [T] extends [never] ? false : T extends All ? ([All] extends [T] ? false : true) : never;

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
