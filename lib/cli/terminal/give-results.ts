import { extname, resolve } from 'node:path';
import { csv } from '../../report/format/csv';
import { markdown } from '../../report/format/markdown';
import type { Results } from '../../report/format/results';
import { type Arguments, UsageError } from './command';
import { ENDINGS, type Ending } from './parse-arguments';
import type { Terminal } from './terminal';
import { writeWhole } from './write-whole';

const FORMATS: Readonly<Record<Ending, (results: Results) => string>> = {
  '.json': ({ document }) => `${JSON.stringify(document, null, 2)}\n`,
  '.csv': csv,
  '.md': markdown,
  '.html': ({ page }) => page?.() ?? '',
};

/** Results of a command, with the lines that people read. */
export interface GivenResults extends Results {
  readonly lines: () => readonly string[];
}

/** Writes the results of a command to the files of `--out`. Prints them as one JSON document with `--json`, else as lines. */
export function giveResults(
  { switches, out }: Pick<Arguments, 'switches' | 'out'>,
  terminal: Terminal,
  cwd: string,
  results: GivenResults,
): void {
  for (const file of out) {
    const ending = ENDINGS.find((e) => e === extname(file));
    try {
      writeWhole(resolve(cwd, file), ending === undefined ? '' : FORMATS[ending](results));
    } catch (error) {
      throw new UsageError(`--out ${file} cannot be written (${(error as NodeJS.ErrnoException).code})`);
    }
  }
  printResults({ switches }, terminal, results);
}

/** Prints the results of a command that writes no files. */
export function printResults(
  { switches }: Pick<Arguments, 'switches'>,
  terminal: Terminal,
  { document, lines }: Pick<GivenResults, 'document' | 'lines'>,
): void {
  terminal.out(...(switches.has('json') ? [JSON.stringify(document, null, 2)] : lines()));
}
