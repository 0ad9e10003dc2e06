import { isJsonMap } from '../../catalog/json-map';
import { canonical } from './canonical';

/** A place where two JSON documents differ. A value is `undefined` where one of them has none. */
export interface JsonDifference {
  readonly path: readonly (string | number)[];
  readonly found: unknown;
  readonly expected: unknown;
}

/** Lists whose order has no meaning, by their key. CloudFormation takes `DependsOn` as a text as well. */
const UNORDERED: readonly unknown[] = [
  'DependsOn',
  'ManagedPolicyArns',
  'Roles',
  'Tags',
  'Users',
  'additionalDependencies',
  'dependencies',
  'metadata',
];

/**
 * Lists the places where two JSON documents differ. The order of keys has no meaning, and neither has the order of
 * statements in a policy, nor of the entries of a list in `UNORDERED`.
 */
export function jsonDifferences(
  found: unknown,
  expected: unknown,
  path: readonly (string | number)[] = [],
): readonly JsonDifference[] {
  if (isJsonMap(found) && isJsonMap(expected)) {
    return isPolicy(expected) && canonical(found) === canonical(expected)
      ? []
      : [...new Set([...Object.keys(expected), ...Object.keys(found)])].flatMap((key) =>
          jsonDifferences(own(found, key), own(expected, key), [...path, key]),
        );
  }
  // CloudFormation takes `"Role.Arn"` for `["Role", "Arn"]`.
  if (path.at(-1) === 'Fn::GetAtt' && [found].flat().join('.') === [expected].flat().join('.')) {
    return [];
  }
  const isUnordered = UNORDERED.includes(path.at(-1));
  if (isUnordered && found !== undefined && expected !== undefined) {
    return unorderedDifferences([found].flat(), [expected].flat(), path);
  }
  if (Array.isArray(found) && Array.isArray(expected)) {
    return found.length === expected.length
      ? expected.flatMap((item, i) => jsonDifferences(found[i], item, [...path, i]))
      : unorderedDifferences(found, expected, path);
  }
  return isSame(found, expected) ? [] : [{ path, found, expected }];
}

/** Reports the entries that only one of two lists has. */
function unorderedDifferences(
  found: readonly unknown[],
  expected: readonly unknown[],
  path: readonly (string | number)[],
): readonly JsonDifference[] {
  const more = without(found, expected);
  const less = without(expected, found);
  return Array.from({ length: Math.max(more.length, less.length) }, (_, i) => ({
    path,
    found: more[i],
    expected: less[i],
  }));
}

function without(all: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const counts = new Map<string, number>();
  for (const other of others) {
    counts.set(canonical(other), (counts.get(canonical(other)) ?? 0) + 1);
  }
  return all.filter((item) => {
    const left = counts.get(canonical(item)) ?? 0;
    counts.set(canonical(item), left - 1);
    return left <= 0;
  });
}

/** CloudFormation makes no difference between a number or a boolean and its text. */
function isSame(found: unknown, expected: unknown): boolean {
  const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
  return found === expected || (isScalar(found) && isScalar(expected) && String(found) === String(expected));
}

function isPolicy(value: object): boolean {
  return Object.hasOwn(value, 'Statement');
}

function own(map: object, key: string): unknown {
  return Object.hasOwn(map, key) ? (map as Readonly<Record<string, unknown>>)[key] : undefined;
}
