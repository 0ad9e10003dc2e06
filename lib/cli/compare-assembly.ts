import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type AssemblyContent, readAssemblyContent } from '../account/templates/assembly-content';
import { isJsonMap, type JsonMap } from '../catalog/json-map';
import { FileError } from '../files/file-error';
import { JsonError } from '../files/parse-json';
import { readJson } from '../files/read-json';
import type { AccessPlan } from '../plan/environment/access-plan';
import { type AssemblyDifference, compareAssemblies } from '../proof/templates/compare-assemblies';
import { withAssembly } from './synthesize';
import { UsageError } from './terminal/command';

/** Maximum size of `cdk.json` and `cdk.context.json`, in bytes. */
const MAX_BYTES = 1024 * 1024;

/**
 * Compares an assembly with the one that this checkout synthesizes for the plan, and calls `use` with the differences
 * and with the folder of the synthesized one, which is then removed.
 *
 * @param project folder with `cdk.json`, whose context decides names such as the qualifier of the bootstrap stack
 */
export function compareAssembly<T>(
  plan: AccessPlan,
  found: AssemblyContent,
  project: string,
  use: (differences: readonly AssemblyDifference[], built: string) => Promise<T>,
): Promise<T> {
  return withAssembly(
    plan,
    (built) => use(compareAssemblies(found, readAssemblyContent(built, plan.environment)), built),
    // The CDK CLI asks for this metadata, which changes the names of the uploaded templates.
    { ...contextOf(project), 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true },
  );
}

function contextOf(project: string): JsonMap {
  const [{ context }, kept] = ['cdk.json', 'cdk.context.json'].map((name): JsonMap => {
    const content = existsSync(join(project, name)) ? read(project, name) : {};
    return isJsonMap(content) ? content : {};
  }) as [JsonMap, JsonMap];
  return { ...kept, ...(isJsonMap(context) && context) };
}

function read(project: string, name: string): unknown {
  try {
    return readJson(join(project, name), { maxBytes: MAX_BYTES });
  } catch (error) {
    throw error instanceof FileError || error instanceof JsonError ? new UsageError(`${name} ${error.message}`) : error;
  }
}
