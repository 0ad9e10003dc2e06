import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readAssemblyContent } from '../../account/templates/assembly-content';
import { stageNames } from '../../account/templates/cloud-assembly';
import { readTemplateAccount } from '../../account/templates/template-account';
import { environmentNames, loadEnvironment } from '../../config/environment-files';
import { planAccess } from '../../plan/environment/access-plan';
import { accessMatrix } from '../../proof/matrix/access-matrix';
import { counted } from '../../report/format/counted';
import { compareAssembly } from '../compare-assembly';
import { UsageError } from '../terminal/command';
import type { Surroundings } from '../terminal/terminal';
import type { MatrixSource } from './matrix-source';

/** Where environment files are, and on which day their dates are judged. */
type Files = Pick<Surroundings, 'project' | 'cwd' | 'today'>;

/**
 * Opens a folder that `cdk synth` wrote. Each of its stages is an environment.
 *
 * @param files the environment files, with which the head of a comparison is compared. A base may be of another checkout.
 */
export function matrixAssembly(folder: string, shown: string, files?: Files): MatrixSource {
  if (!existsSync(join(folder, 'manifest.json'))) {
    throw new UsageError(
      `${shown} is a folder without manifest.json; give a folder that cdk synth wrote, such as ./cdk.out`,
    );
  }
  const environments = stageNames(folder);
  if (environments.length === 0) {
    throw new UsageError(`${shown} is a cdk.out folder without an environment; synthesize again with: npx cdk synth`);
  }
  return {
    shown,
    kind: 'assembly',
    environments,
    knowsFile: false,
    async matrix(environment) {
      const account = readTemplateAccount(folder, environment);
      return {
        matrix: accessMatrix(environment, account),
        notLookedAt: [
          ...account.unread.map(({ type, logicalId }) => `${shown}, ${environment}: ${logicalId} (${type})`),
          ...(files === undefined ? [] : await otherContent(folder, shown, environment, files)),
        ],
      };
    },
  };
}

/** Says that an assembly deploys something else than this checkout synthesizes, apart from the access that is compared. */
async function otherContent(
  folder: string,
  shown: string,
  environment: string,
  files: Files,
): Promise<readonly string[]> {
  if (!environmentNames(files.project).includes(environment)) {
    return [];
  }
  const plan = planAccess(loadEnvironment(files, environment, files.today).environment);
  const differences = await compareAssembly(
    plan,
    readAssemblyContent(folder, environment),
    files.project,
    async (all) => all,
  );
  return differences.length === 0
    ? []
    : [
        `${shown}, ${environment}: ${counted(differences.length, 'difference')} from what this checkout synthesizes; see: npx bedrock-access prove ${environment} --assembly ${shown}`,
      ];
}
