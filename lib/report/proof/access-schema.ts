import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import type { accessDocument } from './access-document';
import { coverageSchema } from './coverage-schema';

const text = z.string();
const texts = z.array(text);

/** What `access --json` prints. */
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
    coverage: coverageSchema,
  }),
);
