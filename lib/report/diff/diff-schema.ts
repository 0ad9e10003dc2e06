import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import {
  controlValueSchema,
  matrixCallSchema,
  matrixPrincipalSchema,
  matrixProfileSchema,
} from '../../proof/matrix/matrix-schema';
import { documentSchema } from '../format/document-schema';
import type { diffDocument } from './diff-document';

const text = z.string();

const width = z
  .enum(['broader', 'narrower', 'both', 'same'])
  .describe(
    '`broader` for a weaker control. `both` when some access is gained and some is lost, or when the two sides cannot be compared.',
  );

function change<Kind extends string, Of extends z.ZodType>(kind: Kind, of: Of) {
  return z.strictObject({
    kind: z.literal(kind),
    principal: text,
    width,
    does: text.optional().describe('What the role does, for one that this project makes for itself.'),
    before: of.optional(),
    after: of.optional(),
  });
}

const accessChange = z.discriminatedUnion('kind', [
  change('call', matrixCallSchema),
  change('trust', text),
  change('boundary', text),
  change('further', text),
  change('complete', z.boolean()),
  change('principal', matrixPrincipalSchema.omit({ principal: true, calls: true })),
]);

const place = z.strictObject({ account: text, region: text });
const usd = z.number().nonnegative();

const aliasPrice = z.strictObject({
  model: text,
  routing: text,
  price: z
    .strictObject({
      input: usd,
      output: usd.optional(),
      cacheRead: usd.optional(),
      cacheWrite5m: usd.optional(),
      cacheWrite1h: usd.optional(),
    })
    .nullable()
    .describe('List price in US dollars for 1,000,000 tokens. Null when it is not known.'),
});

const environment = z.strictObject({
  environment: text,
  only: z.enum(['base', 'head']).optional().describe('The only side that has the environment.'),
  moved: z.strictObject({ before: place, after: place }).optional(),
  changes: z.array(accessChange),
  along: z.array(accessChange).describe('Changes of probe roles that only follow a change of their application.'),
  otherStatements: z.int().min(0).describe('Number of unchanged calls that other statements allow now.'),
  profiles: z.array(
    z.strictObject({
      change: z.enum(['replaced', 'moved', 'added', 'removed', 'served', 'unserved']),
      application: text,
      alias: text,
      before: matrixProfileSchema.optional(),
      after: matrixProfileSchema.optional(),
    }),
  ),
  budgets: z
    .strictObject({
      before: usd,
      after: usd,
      changes: z.array(
        z.strictObject({ application: text, before: usd.optional(), after: usd.optional(), stays: z.boolean() }),
      ),
      unlimited: z.array(text).describe('New applications without a budget.'),
    })
    .optional()
    .describe('Monthly budgets in US dollars. Absent when a side does not know its budgets.'),
  prices: z.array(
    z.strictObject({
      application: text,
      alias: text,
      comparedWith: z
        .enum(['alias', 'dearest'])
        .describe('`dearest`: the profile is new, and `before` is the dearest that the application could call.'),
      before: aliasPrice,
      after: aliasPrice,
    }),
  ),
  controls: z
    .array(
      z.strictObject({
        kind: z.enum(['control', 'money']),
        field: text.describe('Path in the environment file.'),
        application: text.optional(),
        width,
        words: text.describe('The change as a sentence, without its values.'),
        before: controlValueSchema.optional(),
        after: controlValueSchema.optional(),
      }),
    )
    .optional()
    .describe('Controls that differ, weaker ones first. Absent when a side does not know its environment file.'),
});

const side = z.strictObject({
  shown: text,
  kind: z.enum(['file', 'assembly', 'revision', 'working tree']),
  knowsFile: z.boolean(),
});

/** Schema of the document that `diff --json` prints. */
export const diffSchema = schemaOf<ReturnType<typeof diffDocument>>()(
  documentSchema('diff', {
    base: side,
    head: side,
    environments: z.array(environment),
    failures: z.array(
      z.strictObject({ environment: text, choice: z.enum(['any', 'broader', 'replaced', 'cost']), because: text }),
    ),
    notLookedAt: z.array(text),
  }),
);
