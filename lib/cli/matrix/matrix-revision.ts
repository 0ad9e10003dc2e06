import { basename, extname } from 'node:path';
import { readEnvironment } from '../../config/read-environment';
import { UsageError } from '../terminal/command';
import type { Surroundings } from '../terminal/terminal';
import { bytesOf, commitOf, filesOf, type GitFile } from './git';
import { matrixOfEnvironment } from './matrix-of-environment';
import type { MatrixSource } from './matrix-source';
import { parseMatrix } from './read-matrix';

/**
 * Opens the environments of a git revision. A matrix is read from `access/ENV.json` of the revision. If there is none, the
 * current program synthesizes it from `environments/ENV.yaml` of the revision. Nothing is written.
 */
export async function matrixRevision(
  revision: string,
  { project, today, env }: Pick<Surroundings, 'project' | 'today' | 'env'>,
): Promise<MatrixSource> {
  const repository = { folder: project, env };
  const commit = await commitOf(repository, revision);
  const files = await filesOf(repository, commit, ['access', 'environments']);
  const matrixFiles = byName(files, /^access\/.*\.json$/);
  const environmentFiles = byName(files, /^environments\/.*\.ya?ml$/);
  if (environmentFiles.size === 0) {
    throw new UsageError(`the revision ${revision} has no environment files in environments/`);
  }
  return {
    shown: commit.startsWith(revision) ? commit.slice(0, 7) : `${revision} (${commit.slice(0, 7)})`,
    kind: 'revision',
    environments: [...environmentFiles.keys()].sort(),
    knowsBudgets: true,
    async matrix(environment) {
      const file = matrixFiles.get(environment) ?? (environmentFiles.get(environment) as GitFile);
      const bytes = await bytesOf(repository, file);
      const shown = `${revision}:${file.path}`;
      const matrix = matrixFiles.has(environment)
        ? parseMatrix(bytes.toString('utf8'), shown)
        : await matrixOfEnvironment(readEnvironment(shown, bytes, today).environment);
      if (matrix.environment !== environment) {
        throw new UsageError(`${shown} describes the environment '${matrix.environment}', not '${environment}'`);
      }
      return { matrix, notLookedAt: [] };
    },
  };
}

function byName(files: readonly GitFile[], path: RegExp): ReadonlyMap<string, GitFile> {
  return new Map(files.filter((f) => path.test(f.path)).map((f) => [basename(f.path, extname(f.path)), f]));
}
