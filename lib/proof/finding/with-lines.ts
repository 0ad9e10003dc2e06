import type { Environment } from '../../config/environment';
import type { Violation } from './proof';

/** Adds to each missing statement the line of the environment file that asks for it. */
export function withLines(violations: readonly Violation[], { file, aliasLines }: Environment): readonly Violation[] {
  return violations.map((violation) => {
    const { missing } = violation;
    const line = missing?.alias === undefined ? undefined : aliasLines[missing.alias];
    return missing === undefined || line === undefined
      ? violation
      : { ...violation, missing: { ...missing, line: `${file}:${line}` } };
  });
}
