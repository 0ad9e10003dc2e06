import { existsSync, lstatSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type AccessDiff, diffAccess } from '../../proof/matrix/diff-access';
import { UsageError } from '../terminal/command';
import type { Surroundings } from '../terminal/terminal';
import { matrixAssembly } from './matrix-assembly';
import { matrixRevision, type Side } from './matrix-revision';
import type { MatrixSource } from './matrix-source';
import { matrixFile } from './read-matrix';

/**
 * Opens a matrix file or a cdk.out folder if the side begins with `./` or `/`, else a git revision.
 *
 * A path never stands in for a revision: a pull request could add a file with the name of the branch that it is compared
 * with.
 */
export async function openMatrices(
  source: string,
  side: Side,
  surroundings: Pick<Surroundings, 'project' | 'cwd' | 'today' | 'env'>,
): Promise<MatrixSource> {
  const path = resolve(surroundings.cwd, source);
  if (!/^\.{0,2}\//.test(source)) {
    return matrixRevision(source, side, surroundings).catch((error) => {
      const exists = source !== '' && existsSync(path);
      throw error instanceof UsageError && exists
        ? new UsageError(`${error.message}; for the file or folder of that name, write ./${source}`)
        : error;
    });
  }
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
    throw new UsageError(`there is no file or folder ${source}`);
  }
  return existsSync(path) && statSync(path).isDirectory()
    ? matrixAssembly(path, source, side === 'head' ? surroundings : undefined)
    : matrixFile(path, source);
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

/** Says which environments are not compared, because a matrix file has another one. */
export function notCompared(base: MatrixSource, head: MatrixSource): readonly string[] {
  const compared = environmentsOf(base, head);
  return [base, head].flatMap((side) => {
    const other = side === base ? head : base;
    const left = side.environments.filter((name) => !compared.includes(name));
    return left.length === 0 ? [] : [`${left.join(' and ')}: ${other.shown} has no such environment`];
  });
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
  const fileKnown = (before === undefined || base.knowsFile) && (after === undefined || head.knowsFile);
  const notLookedAt = [...(before?.notLookedAt ?? []), ...(after?.notLookedAt ?? [])];
  if (after === undefined) {
    if (before === undefined) {
      throw new UsageError(`neither ${base.shown} nor ${head.shown} has the environment '${environment}'`);
    }
    return { diff: diffAccess({ before: before.matrix }, { fileKnown }), notLookedAt };
  }
  return {
    diff: diffAccess(before === undefined ? { after: after.matrix } : { before: before.matrix, after: after.matrix }, {
      fileKnown,
    }),
    notLookedAt,
  };
}
