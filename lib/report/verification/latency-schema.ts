import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import type { latencyDocument } from './latency-document';

const text = z.string();
const texts = z.array(text);
const count = z.int().min(0);

/** Schema of the document that `verify --region-latency --json` prints. */
export const latencySchema = schemaOf<ReturnType<typeof latencyDocument>>()(
  documentSchema('verify', {
    environment: text,
    account: text,
    region: text,
    samples: count.describe('Number of measured calls to each routing, without the warm-up call.'),
    models: z.array(
      z.strictObject({
        model: text,
        closest: texts.describe(
          'The closest routings. Several of them cannot be told apart. An empty list means that none could be compared.',
        ),
        routings: z.array(
          z.strictObject({
            routing: text,
            target: text.describe('The value passed as `modelId`.'),
            answered: count,
            firstTokenMilliseconds: z
              .array(z.number().nonnegative())
              .describe('Milliseconds to the first token of each answer, in the order measured.'),
            medianFirstTokenMilliseconds: z.number().nonnegative().nullable(),
            slowestFirstTokenMilliseconds: z.number().nonnegative().nullable(),
            medianMilliseconds: z
              .number()
              .nonnegative()
              .nullable()
              .describe('Median milliseconds to the end of the answer.'),
            throttles: count,
            estimatedUsd: z
              .number()
              .nullable()
              .describe('US dollars at list price, including the warm-up call. Null when the price is not known.'),
            problem: z
              .strictObject({ message: text.min(1), deniedAction: text.optional(), deniedArn: text.optional() })
              .optional()
              .describe('Why the last failed call gave no complete answer.'),
          }),
        ),
      }),
    ),
    estimatedUsd: z.number().describe('US dollars of all routings whose price is known.'),
  }),
);
