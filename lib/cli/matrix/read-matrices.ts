import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type AccessDiff, diffAccess } from '../../proof/matrix/diff-access';
import { UsageError } from '../terminal/command';
import type { Surroundings } from '../terminal/terminal';
import { matrixAssembly } from './matrix-assembly';
import { matrixRevision } from './matrix-revision';
import type { MatrixSource } from './matrix-source';
import { matrixFile } from './read-matrix';

/** Opens a matrix file, a cdk.out folder or a git revision. A path that exists takes precedence over a revision. */
export async function openMatrices(
  source: string,
  surroundings: Pick<Surroundings, 'project' | 'cwd' | 'today' | 'env'>,
): Promise<MatrixSource> {
  const path = resolve(surroundings.cwd, source);
  const stats = source === '' ? undefined : statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    return matrixRevision(source, surroundings);
  }
  return stats.isDirectory() ? matrixAssembly(path, source) : matrixFile(path, source);
}

/**
 * Lists the environments to compare: all of both sides, or only the shared one if a side is a matrix file.
 *
 * @throws UsageError when a matrix file's environment is not on the other side
 */
export function environmentsOf(base: MatrixSource, head: MatrixSource): readonly string[] {
  const shared = base.environments.filter((name) => head.environments.includes(name));
  const hasFile = [base, head].some((side) => side.kind === 'file');
  if (hasFile && shared.length === 0) {
    const list = ({ shown, environments }: MatrixSource): string => `${shown} has ${environments.join(', ')}`;
    throw new UsageError(`the two sides have no environment in common: ${list(base)}; ${list(head)}`);
  }
  return hasFile ? shared : [...new Set([...base.environments, ...head.environments])].sort();
}

/** Compares one environment, and lists the resources that could give access but were not examined. */
export async function diffEnvironment(
  environment: string,
  base: MatrixSource,
  head: MatrixSource,
): Promise<{ readonly diff: AccessDiff; readonly notLookedAt: readonly string[] }> {
  const read = async (side: MatrixSource) =>
    side.environments.includes(environment) ? await side.matrix(environment) : undefined;
  const [before, after] = [await read(base), await read(head)];
  const budgetsKnown = (before === undefined || base.knowsBudgets) && (after === undefined || head.knowsBudgets);
  const notLookedAt = [...(before?.notLookedAt ?? []), ...(after?.notLookedAt ?? [])];
  if (after === undefined) {
    if (before === undefined) {
      throw new UsageError(`neither ${base.shown} nor ${head.shown} has the environment '${environment}'`);
    }
    return { diff: diffAccess({ before: before.matrix }, { budgetsKnown }), notLookedAt };
  }
  return {
    diff: diffAccess(before === undefined ? { after: after.matrix } : { before: before.matrix, after: after.matrix }, {
      budgetsKnown,
    }),
    notLookedAt,
  };
}
