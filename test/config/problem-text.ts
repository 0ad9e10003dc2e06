import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../lib/config/config-error';
import type { LocatedProblem } from '../../lib/config/problem';
import { readEnvironment } from '../../lib/config/read-environment';
import { problemLines } from '../../lib/report/format/problem-lines';

/** The day of all configuration tests: models retire as it passes. */
export const TODAY = '2026-11-21';

export const BAD = join(__dirname, 'bad');

/** The problems of a file; an accepted one has its warnings. */
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

/** What a person sees of `bad/NAME.yaml`, without colours. */
export function problemText(name: string): string {
  const problems = problemsOf(`bad/${name}.yaml`, readFileSync(join(BAD, `${name}.yaml`)));
  const lines = problemLines(`bad/${name}.yaml`, problems, { tone: (_, text) => text });
  return `${lines.join('\n')}\n`;
}
