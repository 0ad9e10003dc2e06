import { basename, extname } from 'node:path';
import { readEnvironment } from '../../config/read-environment';
import { UsageError } from '../terminal/command';
import type { Surroundings } from '../terminal/terminal';
import { bytesOf, commitOf, filesOf, type GitFile } from './git';
import { matrixOfEnvironment } from './matrix-of-environment';
import type { MatrixSource } from './matrix-source';
import { parseMatrix } from './read-matrix';

/**
 * The environments of a git revision: the reviewed `access/ENV.json` where it has one, else what its `environments/ENV.yaml`
 * gives with the program as it is now. Nothing is written.
 */
export async function matrixRevision(
  revision: string,
  { project, today, env }: Pick<Surroundings, 'project' | 'today' | 'env'>,
): Promise<MatrixSource> {
  const repository = { folder: project, env };
  const commit = await commitOf(repository, revision);
  const files = await filesOf(repository, commit, ['access', 'environments']);
  const reviewed = byName(files, /^access\/.*\.json$/);
  const written = byName(files, /^environments\/.*\.ya?ml$/);
  if (written.size === 0) {
    throw new UsageError(`the revision ${revision} has no environment files in environments/`);
  }
  return {
    shown: commit.startsWith(revision) ? commit.slice(0, 7) : `${revision} (${commit.slice(0, 7)})`,
    kind: 'revision',
    environments: [...written.keys()].sort(),
    knowsBudgets: true,
    async matrix(environment) {
      const file = reviewed.get(environment) ?? (written.get(environment) as GitFile);
      const bytes = await bytesOf(repository, file);
      const shown = `${revision}:${file.path}`;
      const matrix = reviewed.has(environment)
        ? parseMatrix(bytes.toString('utf8'), shown)
        : await matrixOfEnvironment(readEnvironment(shown, bytes, today).environment);
      if (matrix.environment !== environment) {
        throw new UsageError(`${shown} is of the environment '${matrix.environment}', not of '${environment}'`);
      }
      return { matrix, notLookedAt: [] };
    },
  };
}

function byName(files: readonly GitFile[], path: RegExp): ReadonlyMap<string, GitFile> {
  return new Map(files.filter((f) => path.test(f.path)).map((f) => [basename(f.path, extname(f.path)), f]));
}
