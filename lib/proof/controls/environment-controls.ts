import { isJsonMap } from '../../catalog/json-map';
import type { EnvironmentConfig } from '../../config/environment-schema';
import type { ControlValue, Review, ReviewedMap } from './review';
import { REVIEWED_FIELDS } from './reviewed-fields';

/** Any part of `REVIEWED_FIELDS`, without the type of the field. */
export type AnyReviewed = Review | { readonly each: AnyReviewed } | { readonly whole?: Whole; readonly fields: Fields };
type Whole = { readonly gone: string; readonly added: string };
type Fields = Readonly<Record<string, AnyReviewed>>;

export const REVIEWED = REVIEWED_FIELDS as ReviewedMap<EnvironmentConfig> & AnyReviewed;

/** The controls and the money of an environment file, by path, such as `applications.chat.budget.atLimit`. */
export type Controls = Readonly<Record<string, ControlValue>>;

/** Lists the controls of an environment, sorted by path. What the file leaves out has its default or is absent. */
export function environmentControls(environment: EnvironmentConfig): Controls {
  const found: [string, ControlValue][] = [];
  collect(REVIEWED, environment, [], found);
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function collect(
  reviewed: AnyReviewed,
  value: unknown,
  path: readonly string[],
  found: [string, ControlValue][],
): void {
  if (value === undefined) {
    return;
  }
  if ('kind' in reviewed) {
    if (reviewed.kind === 'control' || reviewed.kind === 'money') {
      found.push([path.join('.'), kept(value)]);
    }
    return;
  }
  for (const [key, item] of Object.entries(isJsonMap(value) ? value : {})) {
    const inside = 'each' in reviewed ? reviewed.each : reviewed.fields[key];
    // The file of an environment is known by its path, which is no field.
    if (inside !== undefined) {
      collect(inside, item, [...path, key], found);
    }
  }
}

/** Returns a value as a matrix keeps it. */
function kept(value: unknown): ControlValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  return Array.isArray(value)
    ? value.map((item) => (isJsonMap(item) ? entries(item).join(', ') : (item as string | number)))
    : entries(value as Readonly<Record<string, unknown>>);
}

function entries(map: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(map)
    .map(([key, value]) => `${key}: ${String(value)}`)
    .sort();
}
