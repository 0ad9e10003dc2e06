import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import { problemSchema } from '../format/problem-schema';
import { accessPlanSchema } from './access-plan-schema';
import type { planDocument } from './plan-document';

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

/** Schema of the document that `plan --json` prints. */
export const planSchema = schemaOf<ReturnType<typeof planDocument>>()(
  documentSchema('plan', { plan: accessPlanSchema, ownCost, warnings: z.array(problemSchema) }),
);
