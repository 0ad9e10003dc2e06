import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import type { latencyDocument } from './latency-document';

const text = z.string();
const texts = z.array(text);
const count = z.int().min(0);

/** What `verify --region-latency --json` prints. */
export const latencySchema = schemaOf<ReturnType<typeof latencyDocument>>()(
  documentSchema('verify', {
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
);
