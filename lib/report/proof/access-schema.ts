import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import type { accessDocument } from './access-document';
import { coverageSchema } from './coverage-schema';

const text = z.string();
const texts = z.array(text);

/** Schema of the document that `access --json` prints. */
export const accessSchema = schemaOf<ReturnType<typeof accessDocument>>()(
  documentSchema('access', {
    environment: text,
    account: text,
    region: text,
    access: z.array(
      z.strictObject({
        principal: text,
        becomes: texts,
        boundary: text.optional(),
        further: texts
          .optional()
          .describe('Managed policies besides, each taken to allow everything that the boundary allows.'),
        complete: z
          .boolean()
          .describe('False for a principal that exists already, because its other policies may allow more.'),
        application: text,
        alias: text,
        model: text,
        routing: text,
        regions: texts.describe('Regions that may answer a call. `any` for a model without a Region.'),
        through: text.describe('Name of the application inference profile whose ARN the policy requires.'),
        actions: texts,
        guardrail: text.optional(),
        decidedBy: texts,
      }),
    ),
    proven: z.boolean(),
    coverage: coverageSchema,
  }),
);
