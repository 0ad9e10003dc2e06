import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessPlan } from '../../lib/plan/environment/access-plan';
import { planAccess } from '../../lib/plan/environment/access-plan';
import { shipped } from '../plan/environments';
import { sharedAssembly, synthesize } from './shared-assembly';

export interface Resource {
  readonly Type: string;
  // Templates are read as the JSON they are.
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
}

export interface StackTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly [section: string]: unknown;
}

/** Templates by stack, such as `Foundation` and `support-chat`. */
export type Templates = Readonly<Record<string, StackTemplate>>;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true });
  }
});

/** Synthesizes the environment of a plan, without CDK's own validation, into a folder that goes after the tests. */
export function assemblyOf(plan: AccessPlan): string {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-test-'));
  folders.push(folder);
  synthesize(plan, folder);
  return folder;
}

export function templatesOf(plan: AccessPlan, assembly = assemblyOf(plan)): Templates {
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

/** The templates of an environment that the project ships, read once a test file. */
export function shippedTemplates(name: 'dev' | 'prod'): Templates {
  const plan = planAccess(shipped(name));
  const templates = synthesized.get(name) ?? templatesOf(plan, sharedAssembly(plan));
  synthesized.set(name, templates);
  return templates;
}

/** Every resource of a type, with the stack it is in. */
export function resourcesOf(templates: Templates, type: string): readonly (Resource & { readonly id: string })[] {
  return Object.entries(templates).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).flatMap(([id, r]) => (r.Type === type ? [{ ...r, id: `${stack}.${id}` }] : [])),
  );
}
