import type { LocatedProblem } from './problem';

/** Thrown once per environment file with every problem, warnings included, so that one run shows the whole list. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly file: string;
  readonly problems: readonly LocatedProblem[];

  constructor(file: string, problems: readonly LocatedProblem[]) {
    super(`${file}: ${problems.map((p) => p.message).join('; ')}`);
    this.file = file;
    this.problems = problems;
  }
}
