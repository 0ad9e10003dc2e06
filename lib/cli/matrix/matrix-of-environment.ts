import { readTemplateAccount } from '../../account/templates/template-account';
import type { Environment } from '../../config/environment';
import { planAccess } from '../../plan/environment/access-plan';
import { fileControls } from '../../proof/controls/file-controls';
import { type AccessMatrix, accessMatrix } from '../../proof/matrix/access-matrix';
import { withAssembly } from '../synthesize';

/** Synthesizes the templates of an environment file, reads their access matrix, and removes them. */
export function matrixOfEnvironment(environment: Environment): Promise<AccessMatrix> {
  return withAssembly(planAccess(environment), async (folder) =>
    accessMatrix(environment.name, readTemplateAccount(folder, environment.name), fileControls(environment)),
  );
}
