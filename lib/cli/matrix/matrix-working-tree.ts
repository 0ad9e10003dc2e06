import { basename, extname, join } from 'node:path';
import { environmentFiles, type Folders, loadEnvironment } from '../../config/environment-files';
import { UsageError } from '../terminal/command';
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
    knowsBudgets: true,
    async matrix(environment) {
      const file = join(project, files.get(environment) ?? environment);
      return {
        matrix: await matrixOfEnvironment(loadEnvironment({ project, cwd }, file, today).environment),
        notLookedAt: [],
      };
    },
  };
}
