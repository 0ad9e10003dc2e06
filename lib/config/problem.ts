import { readable } from './quoted';

/** Keys and indexes that lead to a place in a document. */
export type Path = readonly (string | number)[];

/** One thing wrong with an environment file, phrased for the person who wrote it. */
export interface Problem {
  readonly path: Path;
  /**
   * Whether the key or its value is what is wrong.
   *
   * @default 'value'
   */
  readonly at?: 'key' | 'value';
  /**
   * A warning does not make the file invalid.
   *
   * @default 'error'
   */
  readonly severity?: 'error' | 'warning';
  /** What was found, what is allowed, and the change that mends it; lower case, no full stop. */
  readonly message: string;
}

/** A problem with its place in the file. Lines and columns begin at 1. */
export interface LocatedProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** How many characters are wrong, at least 1. */
  readonly length: number;
  /** The text of that line, without its line break. */
  readonly source: string;
  /** Such as `applications.support-chat.principals[0].role`; empty for the file as a whole. */
  readonly path: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** Writes a path as people say it: `applications.support-chat.principals[0].role`, `applications["a.b"]`. */
export function formatPath(path: Path): string {
  return path
    .map((p, i) => {
      if (typeof p === 'number') {
        return `[${p}]`;
      }
      return /^[\w:/@+=-]{1,60}$/.test(p) ? `${i === 0 ? '' : '.'}${p}` : `["${readable(p)}"]`;
    })
    .join('');
}
