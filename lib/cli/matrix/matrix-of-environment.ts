import { readTemplateAccount } from '../../account/templates/template-account';
import type { Environment } from '../../config/environment';
import { planAccess } from '../../plan/environment/access-plan';
import { type AccessMatrix, accessMatrix } from '../../proof/matrix/access-matrix';
import { budgetsOf } from '../prove-environment';
import { withAssembly } from '../synthesize';

/** Synthesizes the templates of an environment file, reads their access matrix, and removes them. */
export function matrixOfEnvironment(environment: Environment): Promise<AccessMatrix> {
  return withAssembly(planAccess(environment), async (folder) =>
    accessMatrix(environment.name, readTemplateAccount(folder, environment.name), budgetsOf(environment)),
  );
}
