import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessPlan } from '../../lib/plan/environment/access-plan';
import { planAccess } from '../../lib/plan/environment/access-plan';
import { testEnvironment } from '../plan/environments';
import { sharedAssembly } from './shared-assembly';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
}

export interface StackTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly [section: string]: unknown;
}

/** Templates by the name of the stack, such as `Foundation` or `support-chat`. */
export type Templates = Readonly<Record<string, StackTemplate>>;

/**
 * Reads the templates of a plan.
 *
 * @param assembly the folder with the templates; by default the one that is synthesized once for a run of tests
 */
export function templatesOf(plan: AccessPlan, assembly = sharedAssembly(plan)): Templates {
  const stage = join(assembly, `assembly-${plan.environment}`);
  const files = readdirSync(stage).filter((file) => file.endsWith('.template.json'));
  const manifest = JSON.parse(readFileSync(join(stage, 'manifest.json'), 'utf8')) as {
    readonly artifacts: Readonly<Record<string, { readonly displayName?: string }>>;
  };
  return Object.fromEntries(
    files.map((file) => {
      const path = manifest.artifacts[file.replace('.template.json', '')]?.displayName ?? file;
      return [path.split('/')[1] ?? path, JSON.parse(readFileSync(join(stage, file), 'utf8')) as StackTemplate];
    }),
  );
}

const synthesized = new Map<string, Templates>();

/** Returns the templates of an environment in `test/environments`, read once for each test file. */
export function environmentTemplates(name: 'dev' | 'prod'): Templates {
  const plan = planAccess(testEnvironment(name));
  const templates = synthesized.get(name) ?? templatesOf(plan);
  synthesized.set(name, templates);
  return templates;
}

/** Lists every resource of a type, with its stack and logical id as `id`. */
export function resourcesOf(templates: Templates, type: string): readonly (Resource & { readonly id: string })[] {
  return Object.entries(templates).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).flatMap(([id, r]) => (r.Type === type ? [{ ...r, id: `${stack}.${id}` }] : [])),
  );
}
