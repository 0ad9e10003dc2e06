import { extname, resolve } from 'node:path';
import { csv } from '../../report/format/csv';
import { markdown } from '../../report/format/markdown';
import type { Results } from '../../report/format/results';
import { UsageError } from './command';
import { writeWhole } from './write-whole';

const FORMATS: Readonly<Record<string, (results: Results) => string>> = {
  '.json': ({ document }) => `${JSON.stringify(document, null, 2)}\n`,
  '.csv': csv,
  '.md': markdown,
  '.html': ({ page }) => page?.() ?? '',
};

/** Endings that every command writes. */
const COMMON = ['.json', '.csv', '.md'];

/**
 * Checks the endings of the files of `--out`, before any work is done.
 *
 * @param more endings that the command writes beside those that every command does
 * @throws UsageError that says which endings there are
 */
export function requireFormats(files: readonly string[], more: readonly string[] = []): void {
  const endings = [...COMMON, ...more];
  const unknown = files.find((file) => !endings.includes(extname(file)));
  if (unknown !== undefined) {
    throw new UsageError(`--out writes ${endings.join(', ')}; '${unknown}' ends in none of them`);
  }
}

/** Writes results to every file of `--out`. */
export function writeOut(files: readonly string[], cwd: string, results: Results): void {
  for (const file of files) {
    try {
      writeWhole(resolve(cwd, file), FORMATS[extname(file)]?.(results) ?? '');
    } catch (error) {
      throw new UsageError(`--out ${file} cannot be written (${(error as NodeJS.ErrnoException).code})`);
    }
  }
}
