import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssemblyContent } from '../../../lib/account/templates/assembly-content';
import { synthesize } from '../../../lib/cli/synthesize';
import type { Environment } from '../../../lib/config/environment';
import { readEnvironment } from '../../../lib/config/read-environment';
import { type AccessPlan, planAccess } from '../../../lib/plan/environment/access-plan';
import { planSplit } from '../../../lib/plan/environment/split-plan';
import { run } from '../../cli/run';
import { testEnvironment } from '../../plan/environments';
import { PROJECT } from '../../project';
import { allKinds } from './all-kinds';
import { AssemblyCopy } from './assembly-copy';
import { judgeAssembly, type Verdict } from './judge-assembly';
import type { Kind, Mutant } from './mutant';

const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-assemblies-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The CDK CLI asks for this metadata. */
const CONTEXT = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };
const ENVIRONMENTS = ['dev', 'prod'] as const;
/** One mutant in so many, and one in so many of those without effect, is also given to the command, which must agree. */
const [COMMAND_EVERY, COMMAND_EVERY_HARMLESS] = [30, 3];

/** An environment that asks for everything, and that is verified in several runs. */
function everything(): { readonly environment: Environment; readonly plan: AccessPlan } {
  const file = join(__dirname, 'everything.yaml');
  const { environment } = readEnvironment('everything.yaml', readFileSync(file), '2026-11-20');
  const whole = planAccess(environment);
  const [{ functionArn, schedule }] = whole.functions;
  const split = planSplit(whole, whole.applications, functionArn, schedule.ruleArn, 1);
  return { environment, plan: { ...whole, ...(split !== undefined && { split }) } };
}

const subjects = [
  ...ENVIRONMENTS.map((name) => {
    const environment = testEnvironment(name);
    return { environment, plan: planAccess(environment) };
  }),
  everything(),
].map((subject) => {
  const original = join(folder, subject.plan.environment);
  synthesize(subject.plan, original, CONTEXT);
  return {
    subject: { ...subject, project: folder },
    assembly: new AssemblyCopy(original, subject.plan.environment, folder),
    expected: readAssemblyContent(original, subject.plan.environment),
  };
});
type Tried = (typeof subjects)[number];

/** Chooses the environment and the place of a kind's mutant, so that all of them have their turn. */
function mutantOf(kind: Kind, turn: number): { readonly mutant: Mutant; readonly tried: Tried } | undefined {
  for (let i = 0; i < subjects.length; i += 1) {
    const tried = subjects[(turn + i) % subjects.length] as Tried;
    const mutants = kind.mutants(tried.assembly);
    const mutant = mutants[(turn * 7) % mutants.length];
    if (mutant !== undefined) {
      return { mutant, tried };
    }
  }
  return undefined;
}

/** Returns what is wrong with a verdict, or `undefined`. */
function mistake({ harmless }: Kind, { named }: Mutant, { outcome, messages }: Verdict): string | undefined {
  if (harmless !== undefined) {
    return outcome === 'proven' ? undefined : `a false alarm (${harmless}): ${messages[0]}`;
  }
  if (outcome === 'proven') {
    return 'not found';
  }
  const isNamed = named.length === 0 || messages.some((message) => named.some((name) => message.includes(name)));
  return outcome === 'refused' || isNamed ? undefined : `found without its place: ${messages[0]}`;
}

/** Runs the command in a project that has the environment files alone. */
async function commandOutcome(environment: string, assembly: string): Promise<Verdict['outcome']> {
  const { exitCode } = await run(['prove', environment, '--assembly', assembly], { project: folder });
  return exitCode === 0 ? 'proven' : exitCode === 1 ? 'found' : 'refused';
}

mkdirSync(join(folder, 'environments'));
for (const name of ENVIRONMENTS) {
  copyFileSync(join(PROJECT, 'environments', `${name}.yaml`), join(folder, 'environments', `${name}.yaml`));
}

const groups = Object.entries(allKinds(subjects.map(({ assembly }) => assembly)));

test.each(subjects.map((tried) => [tried.subject.plan.environment, tried] as const))(
  'the assembly of %s is proven before it is changed',
  (_, { subject, assembly, expected }) => {
    expect(judgeAssembly(subject, assembly.folder, expected)).toEqual({ outcome: 'proven', messages: [] });
  },
);

let turn = 0;
let commands = 0;
const withoutEffect = new Map<string, number>();

test.each(groups)(
  'of the mutants of %s, those with an effect are found and the others are proven',
  async (_, kinds) => {
    const mistakes: string[] = [];
    for (const kind of kinds) {
      turn += 1;
      const chosen = mutantOf(kind, turn);
      if (chosen === undefined) {
        mistakes.push(`${kind.what}: no environment has a place for it`);
        continue;
      }
      const { mutant, tried } = chosen;
      const { environment } = tried.subject.plan;
      const { assembly } = tried;
      mutant.apply(assembly);
      const verdict = judgeAssembly(tried.subject, assembly.folder, tried.expected);
      const wrong = mistake(kind, mutant, verdict);
      if (wrong !== undefined) {
        mistakes.push(`${environment}: ${kind.what} (${mutant.where}): ${wrong}`);
      }
      if (
        turn % (kind.harmless === undefined ? COMMAND_EVERY : COMMAND_EVERY_HARMLESS) === 0 &&
        environment !== 'all'
      ) {
        commands += 1;
        const outcome = await commandOutcome(environment, assembly.folder);
        if (outcome !== verdict.outcome) {
          mistakes.push(
            `${environment}: ${kind.what} (${mutant.where}): the command says ${outcome}, not ${verdict.outcome}`,
          );
        }
      }
      assembly.restore();
      if (kind.harmless !== undefined) {
        withoutEffect.set(kind.harmless, (withoutEffect.get(kind.harmless) ?? 0) + 1);
      }
    }
    expect(mistakes).toEqual([]);
  },
);

test('more than a thousand kinds are tried, and those without effect have these reasons', () => {
  expect(turn).toBeGreaterThan(1_100);
  expect(commands).toBeGreaterThan(20);
  expect(new Set(groups.flatMap(([, kinds]) => kinds.map(({ what }) => what))).size).toBe(turn);
  expect(Object.fromEntries(withoutEffect)).toEqual({
    'CloudFormation does nothing for the metadata of the CDK': 4,
    'CloudFormation does nothing for the report of the CDK’s use': 1,
    'a deployment does not use the metadata': 2,
    'a report on feature flags is for people': 1,
    'a tree is a report for people': 2,
    'no manifest names the file': 1,
    'no stack of the environment depends on the list': 1,
    'the CDK CLI cannot read such a manifest': 1,
    'the CDK CLI packs files, and no empty folders': 1,
    'the CDK CLI reads no metadata of a stage': 1,
    'the CDK CLI reads the version from the manifest': 1,
    'the document gives the same access in other words': 25,
    'the document has no variable, which only the newer language knows': 2,
    'the environment does not select the artifact': 1,
    'the environment does not select the stack': 3,
    'the key of a destination is a label': 1,
    'the key of the condition always has a value': 1,
    'the text means the same JSON': 29,
  });
});
