import { readable } from './quoted';

/** Keys and indexes that lead to a place in a document. */
export type Path = readonly (string | number)[];

/** One problem in an environment file, described for the person who wrote the file. */
export interface Problem {
  readonly path: Path;
  /**
   * Part of the entry that is wrong.
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
  /** Text that names the wrong value, the allowed values and the change that fixes it; lower case, no full stop. */
  readonly message: string;
}

/** A problem with its position in the file. Lines and columns begin at 1. */
export interface LocatedProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Number of characters that are wrong, at least 1. */
  readonly length: number;
  /** Text of the line, without its line break. */
  readonly source: string;
  /** Path of the entry, e.g. `applications.support-chat.principals[0].role`; empty for the file as a whole. */
  readonly path: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** Formats a path for messages: `applications.support-chat.principals[0].role`, `applications["a.b"]`. */
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
