import { z } from 'zod';
import { statementSchema, trustStatementSchema } from '../plan/statement-schema';

const text = z.string();
const texts = z.array(text);

export const witnessSchema = z
  .strictObject({ action: text, resource: text, context: z.record(text, texts) })
  .optional()
  .describe('A request that shows the violation: its action, ARN, and condition keys with their values.');

/** Schema of a statement that the plan contains and that is missing from the templates or the account. */
export const missingSchema = z.strictObject({
  policy: text,
  statement: z.union([statementSchema, trustStatementSchema]),
});
