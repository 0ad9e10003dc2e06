import { isJsonMap } from '../catalog/json-map';
import { didYouMean } from '../spelling/did-you-mean';
import { keysAt, patternsAt } from './keys-at';
import { PRINCIPAL_KINDS } from './principals/principal-schema';
import type { Path, Problem } from './problem';
import { listed, quoted, readable } from './quoted';
import { renameMisspelt } from './rename-misspelt';
import { type Issue, shapeIssues, valueAt } from './shape-issues';

export interface ShapeCheck {
  /** The value, with misspelt keys renamed. */
  readonly value: unknown;
  /** Converts a path in `value` to the path in the file, with its keys as written. */
  asWritten(path: Path): Path;
  readonly problems: readonly Problem[];
}

/** Finds every problem with the shape of an environment and reports each one once. */
export function checkShape(written: unknown, writtenText: (path: Path) => string | undefined): ShapeCheck {
  const { value, renamed, unknown } = renameMisspelt(written);
  const issues = shapeIssues(value).filter((i) => i.code !== 'unrecognized_keys');
  const asWritten = (path: Path): Path =>
    path.map((key, i) => renamed.get(JSON.stringify(path.slice(0, i + 1))) ?? key);
  const textAt = (path: Path): string | undefined => writtenText(asWritten(path));
  return {
    value,
    asWritten,
    problems: [...unknown, ...onePerPlace(issues).map((i) => problemOf(i, value, textAt))],
  };
}

/** Keeps the first issue of each value, because fixing it may fix the others. */
function onePerPlace(issues: readonly Issue[]): readonly Issue[] {
  const byPlace = new Map(issues.toReversed().map((i) => [JSON.stringify([i.path, i.code === 'invalid_key']), i]));
  return [...byPlace.values()].toReversed();
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map of keys',
  record: 'a map of keys',
  array: 'a list',
};

function typeAt(path: Path, expected: string): string {
  const keys = expected === 'object' ? keysAt(path) : [];
  return keys.length === 0 ? (TYPES[expected] ?? expected) : `a map of keys (${keys.join(', ')})`;
}

function describeValue(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (isJsonMap(value)) {
    return 'a map';
  }
  return typeof value === 'string' ? quoted(value) : value === null ? 'nothing' : String(value);
}

function problemOf(issue: Issue, root: unknown, writtenText: (path: Path) => string | undefined): Problem {
  const path = issue.path as Path;
  const value = valueAt(root, path);
  const key = String(path.at(-1) ?? '');
  const form = issue.message.startsWith('must ') ? issue.message : undefined;
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined && path.length > 0) {
        return { path, message: `'${key}' is missing${form === undefined ? '' : `; it ${form}`}` };
      }
      if (issue.expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
        const written = writtenText(path) ?? String(value);
        return {
          path,
          message: patternsAt(path).some((pattern) => pattern.test(written))
            ? `must be text, but YAML reads ${written} as a ${typeof value}; put it in quotes: "${written}"`
            : `${form ?? 'must be text'}, got ${readable(written)}`,
        };
      }
      return {
        path,
        message: `${form ?? `must be ${typeAt(path, issue.expected)}`}, got ${describeValue(value)}${
          form === undefined && issue.expected === 'array' && !isJsonMap(value) && value !== null
            ? `; write [${readable(String(value))}]`
            : ''
        }`,
      };
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      if (value === undefined) {
        return { path, message: `'${key}' is missing; allowed: ${allowed.join(', ')}` };
      }
      const hint = typeof value === 'string' ? didYouMean(value, allowed) : '';
      return {
        path,
        message:
          form === undefined
            ? `${describeValue(value)} is not allowed; allowed: ${allowed.join(', ')}${hint}`
            : `${form}; got ${describeValue(value)}`,
      };
    }
    case 'invalid_union':
      return {
        path,
        message:
          form === undefined
            ? `a principal must have exactly one of the keys ${PRINCIPAL_KINDS.join(', ')}; found ${
                isJsonMap(value) ? listed(Object.keys(value)) || 'none' : describeValue(value)
              }`
            : `${form}, got ${describeValue(value)}`,
      };
    case 'invalid_key':
      return { path, at: 'key', message: `the key ${quoted(key)} ${issue.issues[0]?.message ?? 'is not allowed'}` };
    case 'too_small':
    case 'too_big':
      return { path, message: `${sizeMessage(issue)}, got ${sizeOf(value)}` };
    default:
      return { path, message: `${issue.message}, got ${describeValue(value)}` };
  }
}

function sizeMessage(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  if (!issue.message.startsWith('Too ')) {
    return issue.message;
  }
  if (issue.code === 'too_small' && issue.origin !== 'number' && issue.origin !== 'int') {
    return 'must not be empty';
  }
  const unit = { string: ' characters', array: ' entries' }[issue.origin as string];
  if (issue.code === 'too_big') {
    return `must ${unit === undefined ? 'be' : 'have'} at most ${issue.maximum}${unit ?? ''}`;
  }
  return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
}

function sizeOf(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : String(value.length);
  }
  return typeof value === 'string' && value.length > 60 ? `${value.length} characters` : describeValue(value);
}
