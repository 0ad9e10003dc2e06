import type { z } from 'zod';
import { nearest } from '../catalog/nearest';
import { environmentSchema, PRINCIPAL_KINDS } from './environment-schema';
import { keysAt, patternsAt } from './keys-at';
import type { Path, Problem } from './problem';
import { listed, lookAlike, quoted, readable } from './quoted';

type Issue = z.core.$ZodIssue;

export interface ShapeCheck {
  /** The value, with misspelt keys renamed. */
  readonly value: unknown;
  /** A path in `value` with its keys as they stand in the file. */
  asWritten(path: Path): Path;
  readonly problems: readonly Problem[];
}

/** Everything that is wrong with the shape of an environment, each thing once. */
export function checkShape(written: unknown, writtenText: (path: Path) => string | undefined): ShapeCheck {
  const { value, renamed, unknown } = renameMisspelt(written);
  const issues = flatten(environmentSchema.safeParse(value).error?.issues ?? [], value);
  const asWritten = (path: Path): Path =>
    path.map((key, i) => renamed.get(JSON.stringify(path.slice(0, i + 1))) ?? key);
  const textAt = (path: Path): string | undefined => writtenText(asWritten(path));
  return {
    value,
    asWritten,
    problems: [
      ...unknown,
      ...onePerPlace(issues.filter((i) => i.code !== 'unrecognized_keys')).map((i) => problemOf(i, value, textAt)),
    ],
  };
}

/** The first issue of each value, since mending it may mend the others. */
function onePerPlace(issues: readonly Issue[]): readonly Issue[] {
  const byPlace = new Map(issues.toReversed().map((i) => [JSON.stringify([i.path, i.code === 'invalid_key']), i]));
  return [...byPlace.values()].toReversed();
}

/** Reads a misspelt key as the key that was meant, so that what stands under it is checked in the same run. */
function renameMisspelt(written: unknown) {
  const value = structuredCloneOf(written);
  const renamed = new Map<string, string>();
  const unknown = new Map<string, Problem>();
  // What stands under a misspelt key shows its own misspelt keys only once the first is read as what was meant.
  for (let before = -1; before < renamed.size; ) {
    before = renamed.size;
    const issues = flatten(environmentSchema.safeParse(value).error?.issues ?? [], value);
    for (const { parent, key } of issues.flatMap(unrecognized)) {
      const map = valueAt(value, parent) as Record<string, unknown>;
      const allowed = keysAt(parent, map);
      const free = allowed.filter((k) => !(k in map));
      const [before, after] = keyWithoutSpace(key, free);
      const meant = before ?? meantKey(key, free);
      const hint = meant === undefined ? `; allowed here: ${allowed.join(', ')}` : `; did you mean '${meant}'?`;
      unknown.set(JSON.stringify([parent, key]), {
        path: [...parent, key],
        at: 'key',
        message:
          before === undefined
            ? `unknown key ${quoted(key)}${lookAlike(key)}${hint}`
            : `${quoted(key)} needs a space after its colon; write '${before}: ${readable(after)}'`,
      });
      if (meant !== undefined) {
        renamed.set(JSON.stringify([...parent, meant]), key);
        map[meant] = before === undefined ? map[key] : after;
        delete map[key];
      }
    }
  }
  return { value, renamed, unknown: [...unknown.values()] };
}

/** The key that is spelled much like `key`, or that is a longer or a shorter form of it, as `monthlyUsd` is of `monthly`. */
function meantKey(key: string, free: readonly string[]): string | undefined {
  const lower = key.toLowerCase();
  return (
    nearest(key, free)[0] ??
    free.find((k) => lower.length >= 3 && (k.toLowerCase().startsWith(lower) || key.endsWith(capitalized(k))))
  );
}

const capitalized = (word: string): string => `${word[0]?.toUpperCase()}${word.slice(1)}`;

/** `{ model:x }` is a key without value in YAML: the key and the value that were meant. */
function keyWithoutSpace(key: string, free: readonly string[]): readonly [key: string | undefined, value: string] {
  const [before, ...after] = key.split(':');
  return [after.length === 0 ? undefined : free.find((k) => k === before), after.join(':')];
}

function unrecognized(issue: Issue): readonly { readonly parent: Path; readonly key: string }[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => ({ parent: issue.path as Path, key })) : [];
}

/** A copy of maps and lists alone; objects keep having no prototype. */
function structuredCloneOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(structuredCloneOf);
  }
  if (!isMap(value)) {
    return value;
  }
  const copy: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(value)) {
    copy[key] = structuredCloneOf(item);
  }
  return copy;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined),
    value,
  );
}

/** Replaces "no option of the union fits" by what is wrong with the kind of principal that was meant. */
function flatten(issues: readonly Issue[], value: unknown): readonly Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union') {
      return [issue];
    }
    const map = valueAt(value, issue.path as Path);
    if (!isMap(map)) {
      return [issue];
    }
    const kinds = PRINCIPAL_KINDS.filter((kind) => kind in map);
    const meant = kinds[0] ?? misspeltKind(map);
    const branch = meant === undefined || kinds.length > 1 ? undefined : issue.errors[PRINCIPAL_KINDS.indexOf(meant)];
    return (branch ?? [issue])
      .filter((i) => i === issue || kinds.length === 1 || i.code === 'unrecognized_keys')
      .map((i) => (i === issue ? i : ({ ...i, path: [...issue.path, ...i.path] } as Issue)));
  });
}

function misspeltKind(map: Record<string, unknown>): (typeof PRINCIPAL_KINDS)[number] | undefined {
  return PRINCIPAL_KINDS.find((kind) => Object.keys(map).some((key) => nearest(key, [kind]).length > 0));
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

function shown(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (isMap(value)) {
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
            ? `must be text, and YAML reads ${written} as a ${typeof value}; put it in quotes: "${written}"`
            : `${form ?? 'must be text'}, got ${readable(written)}`,
        };
      }
      return { path, message: `${form ?? `must be ${typeAt(path, issue.expected)}`}, got ${shown(value)}` };
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      if (value === undefined) {
        return { path, message: `'${key}' is missing; allowed: ${allowed.join(', ')}` };
      }
      const [meant] = typeof value === 'string' ? nearest(value, allowed) : [];
      const hint = meant === undefined ? '' : `; did you mean '${meant}'?`;
      return { path, message: `${shown(value)} is not allowed; allowed: ${allowed.join(', ')}${hint}` };
    }
    case 'invalid_union':
      return {
        path,
        message: `a principal has exactly one of the keys ${PRINCIPAL_KINDS.join(', ')}; found ${
          isMap(value) ? listed(Object.keys(value)) || 'none' : shown(value)
        }`,
      };
    case 'invalid_key':
      return { path, at: 'key', message: `the key ${quoted(key)} ${issue.issues[0]?.message ?? 'is not allowed'}` };
    case 'too_small':
    case 'too_big':
      return { path, message: `${sizeMessage(issue)}, got ${sizeOf(value)}` };
    default:
      return { path, message: `${issue.message}, got ${shown(value)}` };
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
  return typeof value === 'string' && value.length > 60 ? `${value.length} characters` : shown(value);
}
