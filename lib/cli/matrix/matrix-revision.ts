import { basename, extname } from 'node:path';
import { readEnvironment } from '../../config/read-environment';
import { MAX_BYTES } from '../../config/yaml-limits';
import type { AccessMatrix } from '../../proof/matrix/access-matrix';
import { UsageError } from '../terminal/command';
import type { Surroundings } from '../terminal/terminal';
import { bytesOf, commitOf, filesOf, type GitFile } from './git';
import { MAX_MATRIX_BYTES, matrixText } from './matrix-file';
import { matrixOfEnvironment } from './matrix-of-environment';
import type { MatrixSource } from './matrix-source';
import { isOlderMatrix, parseMatrix } from './read-matrix';

/** A side of the comparison. The base was reviewed; the head is what is under review. */
export type Side = 'base' | 'head';

/**
 * Opens the environments of a git revision. Nothing is written.
 *
 * For the base, a matrix is read from its `access/ENV.json`, which a review has accepted. If there is none, or one that an
 * earlier version wrote, the current program synthesizes it from `environments/ENV.yaml`.
 *
 * For the head, it is always synthesized, because the author of the change could have written any `access/ENV.json`.
 */
export async function matrixRevision(
  revision: string,
  side: Side,
  { project, today, env }: Pick<Surroundings, 'project' | 'today' | 'env'>,
): Promise<MatrixSource> {
  const repository = { folder: project, env };
  const commit = await commitOf(repository, revision);
  const files = await filesOf(repository, commit, ['access', 'environments']);
  const matrixFiles = byName(revision, files, /^access\/.*\.json$/);
  const environmentFiles = byName(revision, files, /^environments\/.*\.ya?ml$/);
  if (environmentFiles.size === 0) {
    throw new UsageError(`the revision ${revision} has no environment files in environments/`);
  }
  const shownOf = ({ path }: GitFile): string => `${revision}:${path}`;
  const synthesized = async (file: GitFile): Promise<AccessMatrix> => {
    const shown = shownOf(file);
    const bytes = await bytesOf(repository, file, { shown, maxBytes: MAX_BYTES });
    return matrixOfEnvironment(readEnvironment(shown, bytes, today).environment);
  };
  const keptText = async (environment: string): Promise<string | undefined> => {
    const file = matrixFiles.get(environment);
    return (
      file && (await bytesOf(repository, file, { shown: shownOf(file), maxBytes: MAX_MATRIX_BYTES })).toString('utf8')
    );
  };
  return {
    shown: commit.startsWith(revision) ? commit.slice(0, 7) : `${revision} (${commit.slice(0, 7)})`,
    kind: 'revision',
    environments: [...environmentFiles.keys()].sort(),
    knowsFile: true,
    async matrix(environment) {
      const file = environmentFiles.get(environment) as GitFile;
      const kept = await keptText(environment);
      const keptFile = `${revision}:access/${environment}.json`;
      if (side === 'base' && kept !== undefined && !isOlderMatrix(kept)) {
        const matrix = parseMatrix(kept, keptFile);
        requireName(matrix, environment, keptFile);
        return { matrix, notLookedAt: [] };
      }
      const matrix = await synthesized(file);
      requireName(matrix, environment, shownOf(file));
      if (side === 'head' && kept !== undefined && kept !== matrixText(matrix)) {
        throw new UsageError(
          `${keptFile} is not the matrix of ${shownOf(file)}; write it anew with npx bedrock-access prove ${environment} --write, and commit it`,
        );
      }
      return { matrix, notLookedAt: [] };
    },
  };
}

function requireName(matrix: AccessMatrix, environment: string, shown: string): void {
  if (matrix.environment !== environment) {
    throw new UsageError(`${shown} describes the environment '${matrix.environment}', not '${environment}'`);
  }
}

/** @throws UsageError when two files have one name, such as `dev.yaml` and `dev.yml` */
function byName(revision: string, files: readonly GitFile[], path: RegExp): ReadonlyMap<string, GitFile> {
  const named = new Map<string, GitFile>();
  for (const file of files.filter((f) => path.test(f.path))) {
    const name = basename(file.path, extname(file.path));
    const twin = named.get(name);
    if (twin !== undefined) {
      throw new UsageError(
        `${revision} has both ${twin.path} and ${file.path}, so '${name}' has two files; remove one of them`,
      );
    }
    named.set(name, file);
  }
  return named;
}
