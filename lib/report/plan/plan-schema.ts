import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import { problemSchema } from '../format/problem-schema';
import { accessPlanSchema } from './access-plan-schema';
import type { planDocument } from './plan-document';
import { standingsSchema } from './standing-schema';

const text = z.string();

const ownCost = z
  .strictObject({
    items: z.array(
      z.strictObject({ item: text, quantity: z.number().min(0), unit: text, usd: z.number().min(0), basis: text }),
    ),
    usd: z.number().min(0),
    unpricedCalls: z.int().min(0).describe('Calls of a run of the verification that are in no item.'),
  })
  .describe('US dollars a month at list prices of us-east-1, without free tier: what the project itself costs.');

const uncounted = z
  .array(
    z.strictObject({
      application: text,
      alias: text,
      modelId: text,
      routing: text,
      tokens: z.array(z.enum(['input', 'output'])),
    }),
  )
  .describe('Tokens that are missing from every estimate, because their price is not known.');

/** Schema of the document that `plan --json` prints. */
export const planSchema = schemaOf<ReturnType<typeof planDocument>>()(
  documentSchema('plan', {
    plan: accessPlanSchema,
    ownCost,
    uncounted,
    warnings: z.array(problemSchema),
    limits: standingsSchema.optional().describe('Only with --live.'),
  }),
);
