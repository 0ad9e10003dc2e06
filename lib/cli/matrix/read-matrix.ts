import { isJsonMap } from '../../catalog/json-map';
import { fileError } from '../../files/file-error';
import { JsonError, parseJson } from '../../files/parse-json';
import { readFile } from '../../files/read-file';
import { type AccessMatrix, MATRIX_VERSION } from '../../proof/matrix/access-matrix';
import { matrixSchema } from '../../proof/matrix/matrix-schema';
import { UsageError } from '../terminal/command';
import { MAX_MATRIX_BYTES } from './matrix-file';
import type { MatrixSource } from './matrix-source';

/** Most values of a matrix. A thousand applications with ten aliases each have 700,000. */
const MAX_VALUES = 4_000_000;

/** Opens a file that contains the matrix of one environment. */
export function matrixFile(path: string, shown: string): MatrixSource {
  const matrix = parseMatrix(read(path, shown), shown);
  return {
    shown,
    kind: 'file',
    environments: [matrix.environment],
    knowsFile: true,
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
    json = parseJson(text, { maxValues: MAX_VALUES });
  } catch (error) {
    throw error instanceof JsonError
      ? new UsageError(`${shown} ${error.message}; give a matrix file, such as access/dev.json`)
      : error;
  }
  const version = isJsonMap(json) ? json['schemaVersion'] : undefined;
  if (isJsonMap(json) && version !== undefined && version !== MATRIX_VERSION) {
    throw new UsageError(
      `${shown} has schemaVersion ${short(version)}; this version reads ${MATRIX_VERSION}. Write it anew with npx bedrock-access prove ENV --write`,
    );
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
    return readFile(path, { maxBytes: MAX_MATRIX_BYTES, refuseLinks: true }).toString('utf8');
  } catch (error) {
    throw new UsageError(`${shown} ${fileError(error, 'read').message}`);
  }
}

/** True for the matrix of an earlier version of this program, in which some of a matrix is missing. */
export function isOlderMatrix(text: string): boolean {
  try {
    const json = parseJson(text, { maxValues: MAX_VALUES });
    const version = isJsonMap(json) ? json['schemaVersion'] : undefined;
    return typeof version === 'number' && version < MATRIX_VERSION;
  } catch {
    return false;
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
