import { isJsonMap } from '../catalog/json-map';
import { meantHint } from '../spelling/did-you-mean';
import { nearest } from '../spelling/nearest';
import { keysAt } from './keys-at';
import { whyRefused } from './principals/refused-keys';
import type { Path, Problem } from './problem';
import { lookAlike, quoted, readable } from './quoted';
import { type Issue, shapeIssues, valueAt } from './shape-issues';

/** Renames misspelt keys to the keys that were meant, so that their values are checked in the same run. */
export function renameMisspelt(written: unknown) {
  const value = copyOf(written);
  const renamed = new Map<string, string>();
  const unknown = new Map<string, Problem>();
  // Misspelt keys below a misspelt key are found only after the upper one is renamed, so repeat until nothing changes.
  for (let before = -1; before < renamed.size; ) {
    before = renamed.size;
    for (const { parent, key } of shapeIssues(value).flatMap(unrecognized)) {
      const map = valueAt(value, parent) as Record<string, unknown>;
      const refused = parent.includes('principals') ? whyRefused(map, key) : undefined;
      if (refused !== undefined) {
        unknown.set(JSON.stringify([parent, key]), { path: [...parent, key], at: 'key', message: refused });
        continue;
      }
      const allowed = keysAt(parent, map);
      const free = allowed.filter((k) => !(k in map));
      const [unspaced, after] = keyWithoutSpace(key, free);
      const meant = unspaced ?? meantKey(key, free);
      const hint = meantHint(meant, `; allowed here: ${allowed.join(', ')}`);
      unknown.set(JSON.stringify([parent, key]), {
        path: [...parent, key],
        at: 'key',
        message:
          unspaced === undefined
            ? `unknown key ${quoted(key)}${lookAlike(key)}${hint}`
            : `${quoted(key)} needs a space after its colon; write '${unspaced}: ${readable(after)}'`,
      });
      if (meant !== undefined) {
        renamed.set(JSON.stringify([...parent, meant]), key);
        map[meant] = unspaced === undefined ? map[key] : after;
        delete map[key];
      }
    }
  }
  return { value, renamed, unknown: [...unknown.values()] };
}

/**
 * Finds an allowed key that resembles `key`, or one that is a longer or shorter form of it, e.g. `monthly` for
 * `monthlyUsd`.
 */
function meantKey(key: string, free: readonly string[]): string | undefined {
  const lower = key.toLowerCase();
  return (
    nearest(key, free)[0] ??
    free.find((k) => lower.length >= 3 && (k.toLowerCase().startsWith(lower) || key.endsWith(capitalized(k))))
  );
}

const capitalized = (word: string): string => `${word[0]?.toUpperCase()}${word.slice(1)}`;

/** Splits a key such as `model:x`, which YAML reads from `{ model:x }`, into the key and the value that were meant. */
function keyWithoutSpace(key: string, free: readonly string[]): readonly [key: string | undefined, value: string] {
  const [before, ...after] = key.split(':');
  return [after.length === 0 ? undefined : free.find((k) => k === before), after.join(':')];
}

function unrecognized(issue: Issue): readonly { readonly parent: Path; readonly key: string }[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => ({ parent: issue.path as Path, key })) : [];
}

/** Copies maps and lists. The copied maps have no prototype either. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(copyOf);
  }
  if (!isJsonMap(value)) {
    return value;
  }
  const copy: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(value)) {
    copy[key] = copyOf(item);
  }
  return copy;
}
