import type { z } from 'zod';
import { isJsonMap } from '../catalog/json-map';
import { nearest } from '../spelling/nearest';
import { environmentSchema } from './environment-schema';
import { PRINCIPAL_KINDS, type PrincipalKind } from './principals/principal-schema';
import type { Path } from './problem';

export type Issue = z.core.$ZodIssue;

/** Lists zod's issues with the shape of an environment. For a principal they are those of the kind that was meant. */
export function shapeIssues(value: unknown): readonly Issue[] {
  return flatten(environmentSchema.safeParse(value).error?.issues ?? [], value);
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined),
    value,
  );
}

/**
 * Replaces the issue "no option of the union matches" by the issues of the option that was meant: the principal of the
 * kind that is named, or the option of the value's type.
 */
function flatten(issues: readonly Issue[], value: unknown): readonly Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union') {
      return [issue];
    }
    const map = valueAt(value, issue.path as Path);
    if (!isJsonMap(map)) {
      const fitting = issue.errors.find(
        (errors) => !errors.some((e) => e.code === 'invalid_type' && e.path.length === 0),
      );
      return fitting === undefined ? [issue] : fitting.map((i) => below(issue, i));
    }
    const kinds = PRINCIPAL_KINDS.filter((kind) => kind in map);
    const meant = kinds[0] ?? misspeltKind(map);
    const branch = meant === undefined || kinds.length > 1 ? undefined : issue.errors[PRINCIPAL_KINDS.indexOf(meant)];
    return (branch ?? [issue])
      .filter((i) => i === issue || kinds.length === 1 || i.code === 'unrecognized_keys')
      .flatMap((i) => (i === issue ? [i] : flatten([below(issue, i)], value)));
  });
}

/** Returns an issue of one option of a union, with its path in the whole value. */
function below({ path }: Issue, issue: Issue): Issue {
  return { ...issue, path: [...path, ...issue.path] } as Issue;
}

function misspeltKind(map: Record<string, unknown>): PrincipalKind | undefined {
  return PRINCIPAL_KINDS.find((kind) => Object.keys(map).some((key) => nearest(key, [kind]).length > 0));
}
