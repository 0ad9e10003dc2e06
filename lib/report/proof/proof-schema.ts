import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { VIOLATION_KINDS } from '../../proof/finding/proof';
import { documentSchema } from '../format/document-schema';
import { coverageSchema } from './coverage-schema';
import type { proofDocument } from './proof-document';
import { missingSchema, outerSchema, witnessSchema } from './violation-schema';

const text = z.string();
const texts = z.array(text);

/** Schema of the document that `prove --json` prints. */
export const proofSchema = schemaOf<ReturnType<typeof proofDocument>>()(
  documentSchema('prove', {
    file: text,
    environment: text,
    account: text,
    region: text,
    proven: z.boolean(),
    violations: z.array(
      z.strictObject({
        kind: z.enum(VIOLATION_KINDS),
        message: text.min(1),
        principals: texts,
        about: text,
        witness: witnessSchema,
        decidedBy: z.strictObject({ policy: text, sid: text.optional() }).optional(),
        missing: missingSchema.optional(),
        ...outerSchema,
        difference: z
          .strictObject({ place: text, path: text, found: text, expected: text })
          .optional()
          .describe('A difference from the assembly that this checkout synthesizes: a place and both values as JSON.'),
        classes: z.int().min(1),
      }),
    ),
    coverage: coverageSchema,
    adds: z.array(z.strictObject({ principal: text, what: texts })),
    matrix: z
      .strictObject({ file: text, state: z.enum(['unchanged', 'written', 'stale', 'absent', 'not written']) })
      .optional(),
  }),
);
