import { mkdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileError } from '../../files/file-error';
import { readFile } from '../../files/read-file';
import { writeWhole } from '../../files/write-whole';
import type { AccessMatrix } from '../../proof/matrix/access-matrix';
import type { MatrixFile } from '../../report/proof/proof-lines';
import { UsageError } from '../terminal/command';

/** Formats a matrix for its file. The same access always gives the same text. */
export function matrixText(matrix: AccessMatrix): string {
  return `${JSON.stringify(matrix, null, 2)}\n`;
}

/**
 * Returns the path of a matrix: in `access/`, next to the folder `environments/` that contains the environment file.
 */
export function matrixPath(environmentFile: string, environment: string): string {
  const folder = dirname(environmentFile);
  return join(basename(folder) === 'environments' ? dirname(folder) : folder, 'access', `${environment}.json`);
}

/** Compares a matrix with the one in its file. If they differ, `write` is set and the access is proven, writes the file. */
export function keepMatrix(
  path: string,
  matrix: AccessMatrix,
  { write, proven, cwd }: { readonly write: boolean; readonly proven: boolean; readonly cwd: string },
): MatrixFile {
  const file = relative(cwd, path) || path;
  const text = matrixText(matrix);
  const kept = read(path);
  if (kept === text) {
    return { file, state: 'unchanged' };
  }
  if (!write) {
    return { file, state: kept === undefined ? 'absent' : 'stale' };
  }
  if (!proven) {
    return { file, state: 'not written' };
  }
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeWhole(path, text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
  return { file, state: 'written' };
}

/** Largest matrix. A thousand applications with ten aliases each have 12 MB. */
export const MAX_MATRIX_BYTES = 64 * 1024 * 1024;

function read(path: string): string | undefined {
  try {
    return readFile(path, { maxBytes: MAX_MATRIX_BYTES, refuseLinks: true }).toString('utf8');
  } catch (error) {
    const { code, message } = fileError(error, 'read');
    if (code === 'ENOENT') {
      return undefined;
    }
    throw new UsageError(`${path} ${message}`);
  }
}
