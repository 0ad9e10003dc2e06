import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTemplateAccount } from '../../account/templates/template-account';
import { isJsonMap } from '../../catalog/json-map';
import { accessMatrix } from '../../proof/matrix/access-matrix';
import { UsageError } from '../terminal/command';
import type { MatrixSource } from './matrix-source';

/** Opens a folder that `cdk synth` wrote. Each of its stages is an environment. */
export function matrixAssembly(folder: string, shown: string): MatrixSource {
  const environments = stageNames(folder, shown);
  if (environments.length === 0) {
    throw new UsageError(`${shown} is a cdk.out folder without an environment; synthesize again with: npx cdk synth`);
  }
  return {
    shown,
    kind: 'assembly',
    environments,
    knowsBudgets: false,
    async matrix(environment) {
      const account = readTemplateAccount(folder, environment);
      return {
        matrix: accessMatrix(environment, account),
        notLookedAt: account.unread.map(({ type, logicalId }) => `${shown}, ${environment}: ${logicalId} (${type})`),
      };
    },
  };
}

/** Lists the names of the stages of a cloud assembly. */
function stageNames(folder: string, shown: string): readonly string[] {
  const { artifacts } = manifest(folder, shown);
  return Object.values(isJsonMap(artifacts) ? artifacts : {})
    .flatMap((artifact) => {
      const { type, properties } = isJsonMap(artifact) ? artifact : {};
      const name = isJsonMap(properties) ? properties['displayName'] : undefined;
      return type === 'cdk:cloud-assembly' && typeof name === 'string' ? [name] : [];
    })
    .sort();
}

function manifest(folder: string, shown: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    if (isJsonMap(parsed)) {
      return parsed;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new UsageError(
        `${shown} is a folder without manifest.json; give a folder that cdk synth wrote, such as cdk.out, or refs/heads/${shown} for the branch of that name`,
      );
    }
  }
  throw new UsageError(`the manifest.json of ${shown} cannot be read; synthesize again with: npx cdk synth`);
}
