import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccessPlan, planAccess } from '../../lib/plan/environment/access-plan';
import { testEnvironment } from '../plan/environments';
import { sharedAssembly } from '../stacks/shared-assembly';

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a mutation may change any part of a template
  readonly Properties: any;
}

/** Policy statement in a template. */
export interface StatementJson {
  Sid: string;
  Effect: string;
  Action: string[];
  Resource: unknown[];
  Condition?: unknown;
  Principal?: unknown;
}

/** Template of a stack, which a test changes in place. */
export interface MutableTemplate {
  role(name: string): Resource;
  policies(): readonly Resource[];
  resource(is: (resource: Resource) => boolean): Resource;
  add(logicalId: string, resource: Resource): void;
  /** Finds the statement whose Sid begins with an alias and ends with `end`. */
  statement(alias: string, end: 'Profile' | 'Model' | 'SystemProfile'): StatementJson;
}

/** A synthesized environment. Each change of a template makes a new copy of the assembly. */
export class Assembly {
  readonly plan: AccessPlan;
  /** Folder of the unchanged assembly. */
  readonly original: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'bedrock-access-test-'));

  /** @param only the applications that are kept; by default all are */
  constructor(name: 'dev' | 'prod', ...only: readonly string[]) {
    this.plan = planAccess(testEnvironment(name, ...only));
    this.original = sharedAssembly(this.plan);
  }

  /** Changes the template of `stack` in a copy of the assembly, and returns the folder of the copy. */
  mutated(stack: string, mutate: (template: MutableTemplate) => void): string {
    const copy = mkdtempSync(join(this.#folder, 'copy-'));
    cpSync(this.original, copy, { recursive: true });
    const stage = join(copy, `assembly-${this.plan.environment}`);
    const name = readdirSync(stage).find(
      (file) => file.endsWith('.template.json') && file.toLowerCase().includes(stack.replaceAll('-', '').toLowerCase()),
    );
    const file = join(stage, name ?? `no template of ${stack}`);
    const template = JSON.parse(readFileSync(file, 'utf8'));
    mutate({
      ...mutable(Object.values(template.Resources)),
      add: (logicalId, resource) => {
        template.Resources[logicalId] = resource;
      },
    });
    writeFileSync(file, JSON.stringify(template));
    return copy;
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`the template has no ${what}: the mutation would change nothing`);
  }
  return value;
}

function mutable(resources: readonly Resource[]): Omit<MutableTemplate, 'add'> {
  const policies = (): readonly Resource[] => resources.filter((r) => r.Type === 'AWS::IAM::ManagedPolicy');
  return {
    policies,
    resource: (is) => required(resources.find(is), 'such resource'),
    role: (name) =>
      required(
        resources.find((r) => r.Type === 'AWS::IAM::Role' && r.Properties.RoleName === name),
        name,
      ),
    statement(alias, end) {
      const all: StatementJson[] = policies().flatMap((p) => p.Properties.PolicyDocument.Statement);
      const sid = new RegExp(`^${alias}[0-9a-f]{6}${end}$`);
      return required(
        all.find((s) => sid.test(s.Sid)),
        `statement ${alias}…${end}`,
      );
    },
  };
}
