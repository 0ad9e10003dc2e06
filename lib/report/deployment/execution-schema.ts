import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { EXECUTION_VIOLATION_KINDS } from '../../proof/deployment/execution-proof';
import { documentSchema } from '../format/document-schema';
import { statementSchema } from '../plan/statement-schema';
import { witnessSchema } from '../proof/violation-schema';
import type { executionDocument } from './execution-document';

const text = z.string();
const texts = z.array(text);
const count = z.int().min(0);

/** Schema of the document that `plan --execution-policy --json` prints. */
export const executionSchema = schemaOf<ReturnType<typeof executionDocument>>()(
  documentSchema('plan', {
    environment: text,
    account: text,
    region: text,
    proven: z.boolean(),
    policies: z
      .array(z.strictObject({ Version: text, Statement: z.array(statementSchema) }))
      .optional()
      .describe('Documents for aws iam create-policy, all of which are needed. Absent when they are not proven.'),
    characters: count,
    existing: z
      .enum(['named', 'any'])
      .describe('`named` when the policy lists the existing roles and users, `any` when it covers all of the account.'),
    violations: z.array(
      z.strictObject({
        kind: z.enum(EXECUTION_VIOLATION_KINDS),
        message: text.min(1),
        resources: texts,
        type: text.optional(),
        witness: witnessSchema,
        missing: statementSchema.optional(),
      }),
    ),
    coverage: z.strictObject({ resources: count, types: count, calls: count, denials: count }),
  }),
);
