import { basename, extname, join, relative } from 'node:path';
import { environmentFiles, type Folders, loadEnvironment } from '../../config/environment-files';
import { UsageError } from '../terminal/command';
import { keepMatrix, matrixPath } from './matrix-file';
import { matrixOfEnvironment } from './matrix-of-environment';
import type { MatrixSource } from './matrix-source';

/** Opens the environment files of the project as they are now. */
export function matrixWorkingTree({ project, cwd }: Folders, today: string): MatrixSource {
  const files = new Map(environmentFiles(project).map((file) => [basename(file, extname(file)), file]));
  if (files.size === 0) {
    throw new UsageError(`there are no environment files in ${project}/environments; give both BASE and HEAD`);
  }
  return {
    shown: 'the working tree',
    kind: 'working tree',
    environments: [...files.keys()].sort(),
    knowsFile: true,
    async matrix(environment) {
      const file = join(project, files.get(environment) ?? environment);
      const matrix = await matrixOfEnvironment(loadEnvironment({ project, cwd }, file, today).environment);
      const kept = keepMatrix(matrixPath(file, environment), matrix, { write: false, proven: false, cwd: project });
      return {
        matrix,
        notLookedAt:
          kept.state === 'stale'
            ? [
                `${kept.file}: it is not the matrix of ${relative(project, file)}; write it anew with npx bedrock-access prove ${environment} --write`,
              ]
            : [],
      };
    },
  };
}
