import { verifyLocally } from '../../../lib/cli/commands/verify-locally';
import { PROJECT } from '../../project';
import { Assembly, type MutableTemplate, type StatementJson } from '../assembly';
import { run } from '../run';

const assemblies = { dev: new Assembly('dev', 'support-chat'), prod: new Assembly('prod', 'support-chat') };
afterAll(() => {
  for (const assembly of Object.values(assemblies)) {
    assembly.dispose();
  }
});

/** Adds a statement to the policy of the application. */
const addStatement =
  (Action: string, Resource = '*') =>
  (t: MutableTemplate): void =>
    t.policies()[0]?.Properties.PolicyDocument.Statement.push({ Sid: 'Mistake', Effect: 'Allow', Action, Resource });

const onStatement =
  (end: 'Profile' | 'Model', change: (statement: StatementJson) => void) =>
  (t: MutableTemplate): void =>
    change(t.statement('Main', end));

interface Mistake {
  readonly title: string;
  readonly environment: keyof typeof assemblies;
  readonly mutate: (template: MutableTemplate) => void;
  /** Probes of the changed application that must be denied and were allowed. */
  readonly undenied: readonly string[];
  readonly verdict: 'found' | 'unfinished';
}

const INVOKE = 'bedrock:InvokeModel';
const SONNET = 'anthropic.claude-sonnet-4-6';

const MISTAKES: readonly Mistake[] = [
  {
    title: 'a grant of bearer tokens',
    environment: 'dev',
    mutate: addStatement('bedrock:CallWithBearerToken'),
    undenied: ['bearer-token allowed'],
    verdict: 'found',
  },
  {
    title: 'a grant of bedrock-mantle',
    environment: 'dev',
    mutate: addStatement('bedrock-mantle:*'),
    undenied: ['mantle allowed'],
    verdict: 'found',
  },
  {
    title: 'a grant of every application profile, while models remain limited to their own profiles',
    environment: 'dev',
    mutate: onStatement('Profile', (statement) => {
      statement.Resource = ['arn:aws:bedrock:*:111122223333:application-inference-profile/*'];
    }),
    // No model of another profile is granted, and the missing profile does not exist.
    undenied: ['missing-profile inconclusive'],
    verdict: 'unfinished',
  },
  {
    title: 'a grant of a model in another Region',
    environment: 'dev',
    mutate: addStatement(INVOKE, 'arn:aws:bedrock:us-east-2::foundation-model/amazon.nova-lite-v1:0'),
    undenied: ['other-region allowed'],
    verdict: 'found',
  },
  {
    title: 'a grant of the model in every Region',
    environment: 'dev',
    mutate: addStatement(INVOKE, `arn:aws:bedrock:*::foundation-model/${SONNET}`),
    // The model cannot be called on demand, so that a refusal of the bare model proves nothing.
    undenied: ['bare-model inconclusive', 'destination-model inconclusive', 'system-profile allowed'],
    verdict: 'found',
  },
  {
    title: 'a grant without its guardrail',
    environment: 'prod',
    mutate: onStatement('Model', (statement) => {
      const { StringEquals: _, ...rest } = statement.Condition as Readonly<Record<string, unknown>>;
      statement.Condition = rest;
    }),
    undenied: ['no-guardrail allowed'],
    verdict: 'found',
  },
  {
    title: 'a grant of every service tier',
    environment: 'dev',
    mutate: (t) => {
      for (const { Condition } of t.policies()[0]?.Properties.PolicyDocument.Statement ?? []) {
        delete (Condition as Record<string, unknown> | undefined)?.['StringEqualsIfExists'];
      }
    },
    // The aliases `fast` and `main`. An embedding model is not called with a tier.
    undenied: ['other-tier allowed', 'other-tier allowed'],
    verdict: 'found',
  },
];

test.each(MISTAKES)('$title is found by the function’s own bundle', async (mistake) => {
  const { plan } = assemblies[mistake.environment];
  const assembly = assemblies[mistake.environment].mutated('support-chat', mistake.mutate);
  const { result, verdict } = await verifyLocally(plan, {
    assembly,
    project: PROJECT,
    reading: 'every',
    progress: () => undefined,
    interrupted: new Promise(() => undefined),
  });
  expect(
    result.probes.filter(({ asIntended }) => !asIntended).map(({ probe, outcome }) => `${probe} ${outcome}`),
  ).toEqual(mistake.undenied);
  expect(verdict.verdict).toBe(mistake.verdict);
});

test.each(MISTAKES)('$title is found by the proof', async ({ environment, mutate }) => {
  const assembly = assemblies[environment].mutated('support-chat', mutate);
  const { exitCode } = await run(['prove', environment, '--assembly', assembly]);
  expect(exitCode).toBe(1);
});
