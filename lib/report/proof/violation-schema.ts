import { z } from 'zod';
import { statementSchema, trustStatementSchema } from '../plan/statement-schema';

const text = z.string();
const texts = z.array(text);

export const witnessSchema = z
  .strictObject({ action: text, resource: text, context: z.record(text, texts) })
  .optional()
  .describe('A request that shows it: action, ARN, and condition keys with their values.');

/** What the plan has and the templates or the account lack. */
export const missingSchema = z.strictObject({
  policy: text,
  statement: z.union([statementSchema, trustStatementSchema]),
});
