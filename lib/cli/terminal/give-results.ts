import { extname, resolve } from 'node:path';
import { writeWhole } from '../../files/write-whole';
import { csv } from '../../report/format/csv';
import { markdown } from '../../report/format/markdown';
import type { Results } from '../../report/format/results';
import { type Arguments, UsageError } from './command';
import { ENDINGS, type Ending } from './parse-arguments';
import type { Terminal } from './terminal';

const FORMATS: Readonly<Record<Ending, (results: Results) => string>> = {
  '.json': ({ document }) => `${JSON.stringify(document, null, 2)}\n`,
  '.csv': csv,
  '.md': markdown,
  '.html': ({ page }) => {
    if (page === undefined) {
      throw new Error('a command that accepts --out FILE.html has to give a page');
    }
    return page();
  },
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
    const text = FORMATS[endingOf(file)](results);
    try {
      writeWhole(resolve(cwd, file), text);
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

/** Returns the ending of a file of `--out`. The arguments were parsed, so it is one of the known ones. */
function endingOf(file: string): Ending {
  const ending = ENDINGS.find((e) => e === extname(file));
  if (ending === undefined) {
    throw new Error(`no format has the ending of '${file}'`);
  }
  return ending;
}
