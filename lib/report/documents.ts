import { z } from 'zod';
import { verificationResultSchema } from '../proof/verification/verification-result';
import { costDocumentSchema } from './costs/cost-document';
import { diffDocumentSchema } from './diff/diff-document';
import { planSchema, statementSchema } from './plan/plan-document';
import { dashboardSchema } from './plan/watch-document';

const text = z.string();
const texts = z.array(text);

const problem = z.strictObject({
  file: text,
  line: z.int().min(1),
  column: z.int().min(1),
  length: z.int().min(1),
  source: text,
  path: text,
  severity: z.enum(['error', 'warning']),
  message: text.min(1),
});

const missing = z.strictObject({ policy: text, statement: statementSchema });

const ownCost = z
  .strictObject({
    items: z.array(
      z.strictObject({ item: text, quantity: z.number().min(0), unit: text, usd: z.number().min(0), basis: text }),
    ),
    usd: z.number().min(0),
    unpricedCalls: z.int().min(0).describe('Calls of a run of the verification that are in no item.'),
  })
  .describe('US dollars a month at list prices of us-east-1, without free tier: what the project itself costs.');

const count = z.int().min(0);
const coverage = z.strictObject({
  principals: count,
  plannedPrincipals: count,
  existing: count,
  plannedExisting: count,
  profiles: count,
  plannedProfiles: count,
  boundaries: count,
  trustPolicies: count,
  denials: count,
  plannedDenials: count,
  understood: count,
  statements: count,
  classes: count,
  decisions: count,
  allowed: count,
  denied: count,
  calls: count,
  refused: count,
  skipped: texts,
});

const witness = z
  .strictObject({ action: text, resource: text, context: z.record(text, texts) })
  .optional()
  .describe('A request that shows it: action, ARN, and condition keys with their values.');

const probe = verificationResultSchema.shape.probes.element;
const settledFact = verificationResultSchema.shape.settled.unwrap().element;
const document = <T extends z.ZodRawShape>(command: string, shape: T) =>
  z.strictObject({
    schemaVersion: z.literal(1),
    command: z.literal(command),
    exitCode: z.int().min(0).max(3),
    ...shape,
  });

/** The documents that `--json` prints, by the name of the file in `schema/` that describes each. */
export const documents = {
  check: document('check', {
    files: z.array(z.strictObject({ file: text, valid: z.boolean(), problems: z.array(problem) })),
  }),
  plan: document('plan', { plan: planSchema, ownCost, warnings: z.array(problem) }),
  'execution-policy': document('plan', {
    environment: text,
    account: text,
    region: text,
    proven: z.boolean(),
    policies: z
      .array(z.strictObject({ Version: text, Statement: z.array(statementSchema) }))
      .optional()
      .describe('Each for one aws iam create-policy, and all of them needed; left out when they are not proven.'),
    characters: count,
    existing: z
      .enum(['named', 'any'])
      .describe('Whether the roles and users that exist already are named, or are any of the account.'),
    violations: z.array(
      z.strictObject({
        kind: z.enum(['missing', 'excess', 'undecided', 'coverage', 'length']),
        message: text.min(1),
        resources: texts,
        type: text.optional(),
        witness,
        missing: statementSchema.optional(),
      }),
    ),
    coverage: z.strictObject({ resources: count, types: count, calls: count, denials: count }),
  }),
  prove: document('prove', {
    file: text,
    environment: text,
    account: text,
    region: text,
    proven: z.boolean(),
    violations: z.array(
      z.strictObject({
        kind: z.enum([
          'excess',
          'escalation',
          'missing',
          'boundary',
          'trust',
          'call',
          'outer',
          'resource',
          'undecided',
          'coverage',
        ]),
        message: text.min(1),
        principals: texts,
        about: text,
        witness,
        decidedBy: z.strictObject({ policy: text, sid: text.optional() }).optional(),
        missing: missing.optional(),
        classes: z.int().min(1),
      }),
    ),
    coverage,
    adds: z.array(z.strictObject({ principal: text, what: texts })),
    matrix: z
      .strictObject({ file: text, state: z.enum(['unchanged', 'written', 'stale', 'absent', 'not written']) })
      .optional(),
  }),
  access: document('access', {
    environment: text,
    account: text,
    region: text,
    access: z.array(
      z.strictObject({
        principal: text,
        becomes: texts,
        boundary: text.optional(),
        complete: z.boolean().describe('False for one that exists already: it may be able to do more.'),
        application: text,
        alias: text,
        model: text,
        routing: text,
        regions: texts.describe('Where a call may be answered; `any` for a model without a Region.'),
        through: text.describe('Name of the application inference profile; the condition on its ARN.'),
        actions: texts,
        guardrail: text.optional(),
        decidedBy: texts,
      }),
    ),
    proven: z.boolean(),
    coverage,
  }),
  diff: diffDocumentSchema,
  budget: document('budget', {
    environment: text,
    account: text,
    region: text,
    application: text,
    released: texts.describe('From whom the denial was detached; empty: nobody was denied.'),
    by: text.describe('ARN of who asked.'),
    at: text.optional().describe('When, in UTC.'),
    note: text.optional().describe("What became of the action of the application's budget."),
    failures: texts,
  }),
  dashboards: document('dashboards', {
    environment: text,
    files: texts.describe('What was written.'),
    left: count.describe('Dashboards that are not shown, since they look like the others.'),
    dashboards: z.array(dashboardSchema),
  }),
  prune: document('prune', {
    environment: text,
    account: text,
    region: text,
    deployed: count,
    stacks: z.array(
      z.strictObject({
        application: text,
        stackName: text,
        stackId: text,
        status: text,
        changed: text,
        deleted: z.boolean().optional(),
        why: text.optional(),
      }),
    ),
    foreign: texts,
  }),
  costs: costDocumentSchema,
  sandbox: document('sandbox', {
    url: text,
    principals: z.array(z.strictObject({ name: text, arn: text, variables: z.record(text, text) })),
  }),
  verify: document('verify', {
    environment: text,
    account: text,
    region: text,
    simulated: text,
    verdict: z.enum(['as intended', 'found', 'unfinished']),
    probes: z.array(
      z.strictObject({
        ...probe.shape,
        estimatedUsd: z.number().nullable().describe('US dollars at list price; null where no price is known.'),
      }),
    ),
    settled: z
      .array(
        z.strictObject({
          ...settledFact.shape,
          playedBy: text.optional().describe('What stood in for AWS: such an answer settles nothing.'),
        }),
      )
      .describe('What AWS does not document, asked of this account.'),
    findings: z.array(
      z.strictObject({
        application: text,
        alias: text,
        generation: text,
        probe: text,
        principal: text,
        expected: text,
        outcome: text,
        deniedAction: text.optional(),
        deniedArn: text.optional(),
        missing: missing.optional(),
        cause: text.optional(),
        remedy: text.optional(),
      }),
    ),
    mismatches: texts,
    principals: z
      .strictObject({
        principals: z.int(),
        decisions: z.int(),
        findings: z.array(
          z.strictObject({ message: text, principals: texts, actions: texts, missing: missing.optional() }),
        ),
      })
      .optional()
      .describe('Of a verification on this machine: what holds for principals that no probe runs as.'),
    faults: z
      .strictObject({
        injected: z.array(z.strictObject({ fault: text, does: text, calls: count, injected: count })),
        triedAgain: count,
        remained: z.array(
          z.strictObject({
            application: text,
            alias: text,
            generation: text,
            probe: text,
            outcome: text,
            attempts: z.number().min(0),
            cause: text.optional(),
          }),
        ),
      })
      .optional()
      .describe('What was injected by --fault, how many probes were tried again, and what remained.'),
    notCreated: texts,
    skipped: z.array(z.strictObject({ application: text, alias: text, probe: text, reason: text })),
  }),
  'region-latency': document('verify', {
    environment: text,
    account: text,
    region: text,
    samples: count.describe('How many calls of each routing count.'),
    models: z.array(
      z.strictObject({
        model: text,
        closest: texts.describe('Routings; several cannot be told apart, none means that nothing could be compared.'),
        routings: z.array(
          z.strictObject({
            routing: text,
            target: text.describe('What was passed as `modelId`.'),
            answered: count,
            firstTokenMilliseconds: z
              .array(z.number().nonnegative())
              .describe('Of each answer, in the order measured.'),
            medianFirstTokenMilliseconds: z.number().nonnegative().nullable(),
            slowestFirstTokenMilliseconds: z.number().nonnegative().nullable(),
            medianMilliseconds: z.number().nonnegative().nullable().describe('To the end of the answer.'),
            throttles: count,
            estimatedUsd: z
              .number()
              .nullable()
              .describe('US dollars at list price, of the warm-up too; null where no price is known.'),
            problem: z
              .strictObject({ message: text.min(1), deniedAction: text.optional(), deniedArn: text.optional() })
              .optional()
              .describe('Why the last call without a whole answer had none.'),
          }),
        ),
      }),
    ),
    estimatedUsd: z.number().describe('Of all routings whose price is known.'),
  }),
  /** What any command prints when it cannot do its work. */
  failure: z.strictObject({
    schemaVersion: z.literal(1),
    command: text,
    exitCode: z.union([z.literal(2), z.literal(3)]),
    error: z.strictObject({ message: text }),
    problems: z.array(problem).optional(),
  }),
} as const;
