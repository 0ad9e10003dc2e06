import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../lib/config/config-error';
import type { LocatedProblem } from '../../lib/config/problem';
import { readEnvironment } from '../../lib/config/read-environment';
import { problemLines } from '../../lib/report/format/problem-lines';

/** The day of all configuration tests. It is fixed, because models retire as time passes. */
export const TODAY = '2026-11-21';

export const BAD = join(__dirname, 'bad');

/** Returns the problems of a file. A valid file may have warnings. */
export function problemsOf(file: string, bytes: Uint8Array): readonly LocatedProblem[] {
  try {
    return readEnvironment(file, bytes, TODAY).warnings;
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems;
    }
    throw error;
  }
}

/** Returns the problems of `bad/NAME.yaml` as the commands print them, without colours. */
export function problemText(name: string): string {
  const problems = problemsOf(`bad/${name}.yaml`, readFileSync(join(BAD, `${name}.yaml`)));
  const lines = problemLines(`bad/${name}.yaml`, problems, { tone: (_, text) => text });
  return `${lines.join('\n')}\n`;
}
