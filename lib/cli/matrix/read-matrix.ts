import { readFileSync } from 'node:fs';
import { isJsonMap } from '../../catalog/json-map';
import type { AccessMatrix } from '../../proof/matrix/access-matrix';
import { matrixSchema } from '../../proof/matrix/matrix-schema';
import { UsageError } from '../terminal/command';
import type { MatrixSource } from './matrix-source';

/** Opens a file that contains the matrix of one environment. */
export function matrixFile(path: string, shown: string): MatrixSource {
  const matrix = parseMatrix(read(path, shown), shown);
  return {
    shown,
    kind: 'file',
    environments: [matrix.environment],
    knowsBudgets: true,
    matrix: async () => ({ matrix, notLookedAt: [] }),
  };
}

/**
 * Parses the text of a matrix file.
 *
 * @throws UsageError with the first value that is wrong
 */
export function parseMatrix(text: string, shown: string): AccessMatrix {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError(`${shown} is not JSON; give a matrix file, such as access/dev.json`);
  }
  const version = isJsonMap(json) ? json['schemaVersion'] : undefined;
  if (isJsonMap(json) && version !== undefined && version !== 1) {
    throw new UsageError(`${shown} has schemaVersion ${short(version)}; this version reads 1`);
  }
  const { data, error } = matrixSchema.safeParse(json);
  if (data === undefined) {
    const [issue] = error.issues;
    const path = issue?.path.map(String).join('.') || 'top level';
    throw new UsageError(
      `${shown} is no access matrix: ${short(path, false)}: ${short(issue?.message, false)}; found ${short(valueAt(json, issue?.path ?? []))}`,
    );
  }
  return data;
}

function read(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${shown} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    json,
  );
}

/** Formats a value for a message: on one line, and shortened if it is long. */
function short(value: unknown, json = true): string {
  const text = (json ? JSON.stringify(value) : String(value)) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
