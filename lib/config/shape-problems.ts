import type { z } from 'zod';
import { nearest } from '../catalog/nearest';
import { environmentSchema, PRINCIPAL_KINDS } from './environment-schema';
import { keysAt } from './keys-at';
import type { Path, Problem } from './problem';

type Issue = z.core.$ZodIssue;

/** A misspelt key, read as the key that was meant, so that what stands under it is checked in the same run. */
export interface RenamedKey {
  readonly parent: Path;
  readonly written: string;
  readonly meant: string;
}

export interface ShapeCheck {
  /** The value, with misspelt keys renamed. */
  readonly value: unknown;
  readonly renamed: readonly RenamedKey[];
  readonly problems: readonly Problem[];
}

/** Everything that is wrong with the shape of an environment, each thing once. */
export function checkShape(written: unknown, writtenText: (path: Path) => string | undefined): ShapeCheck {
  const { value, renamed, unknown } = renameMisspelt(written);
  const issues = flatten(environmentSchema.safeParse(value).error?.issues ?? [], value);
  return {
    value,
    renamed,
    problems: [
      ...unknown,
      ...issues.filter((i) => i.code !== 'unrecognized_keys').map((i) => problemOf(i, value, writtenText)),
    ],
  };
}

function renameMisspelt(written: unknown) {
  const value = structuredCloneOf(written);
  const renamed: RenamedKey[] = [];
  const unknown = new Map<string, Problem>();
  // What stands under a misspelt key shows its own misspelt keys only once the first is read as what was meant.
  for (let before = -1; before < renamed.length; ) {
    before = renamed.length;
    const issues = flatten(environmentSchema.safeParse(value).error?.issues ?? [], value);
    for (const { parent, key } of issues.flatMap(unrecognized)) {
      const map = valueAt(value, parent) as Record<string, unknown>;
      const allowed = keysAt(parent);
      const [meant] = nearest(
        key,
        allowed.filter((k) => !(k in map)),
      );
      const hint = meant === undefined ? `; allowed here: ${allowed.join(', ')}` : `; did you mean '${meant}'?`;
      unknown.set(JSON.stringify([parent, key]), {
        path: [...parent, key],
        at: 'key',
        message: `unknown key '${key}'${hint}`,
      });
      if (meant !== undefined) {
        renamed.push({ parent, written: key, meant });
        map[meant] = map[key];
        delete map[key];
      }
    }
  }
  return { value, renamed, unknown: [...unknown.values()] };
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

function shown(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (isMap(value)) {
    return 'a map';
  }
  const text = typeof value === 'string' ? `'${value}'` : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function problemOf(issue: Issue, root: unknown, writtenText: (path: Path) => string | undefined): Problem {
  const path = issue.path as Path;
  const value = valueAt(root, path);
  const key = String(path.at(-1) ?? '');
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined && path.length > 0) {
        return { path, message: `'${key}' is missing` };
      }
      if (issue.expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
        const written = writtenText(path) ?? String(value);
        return {
          path,
          message: `must be text, and YAML reads ${written} as a ${typeof value}; put it in quotes: "${written}"`,
        };
      }
      return {
        path,
        message: `must be ${TYPES[issue.expected] ?? issue.expected}, got ${value === null ? 'nothing' : shown(value)}`,
      };
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
          isMap(value) ? Object.keys(value).join(', ') || 'none' : shown(value)
        }`,
      };
    case 'invalid_key':
      return { path, at: 'key', message: `the key '${key}' ${issue.issues[0]?.message ?? 'is not allowed'}` };
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
  const unit = { string: ' characters', array: ' entries' }[issue.origin as string] ?? '';
  if (issue.code === 'too_big') {
    return `must be at most ${issue.maximum}${unit}`;
  }
  return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit}`;
}

function sizeOf(value: unknown): string {
  return Array.isArray(value)
    ? String(value.length)
    : typeof value === 'string' && value.length > 60
      ? `${value.length} characters`
      : shown(value);
}
