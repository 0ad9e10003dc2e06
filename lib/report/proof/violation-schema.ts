import { z } from 'zod';
import { exceptStatementSchema, statementSchema, trustStatementSchema } from '../plan/statement-schema';

const text = z.string();
const texts = z.array(text);

export const witnessSchema = z
  .strictObject({ action: text, resource: text, context: z.record(text, texts) })
  .optional()
  .describe('A request that shows the violation: its action, ARN, and condition keys with their values.');

/** Schema of a statement that the plan contains and that is missing from the templates or the account. */
export const missingSchema = z.strictObject({
  policy: text,
  statement: z.union([statementSchema, exceptStatementSchema, trustStatementSchema]),
  alias: text.optional().describe('The alias that needs the statement, such as `support-chat/main`.'),
  line: text.optional().describe('File and line of the alias, such as `environments/dev.yaml:14`.'),
});

const broken = z.enum(['calls', 'look-ups', 'own work']);

/** Schema of what fails under a policy outside the templates, and of what helps. */
export const outerSchema = {
  breaks: broken
    .optional()
    .describe('What fails first under a policy outside the templates. `own work` is that of the project itself.'),
  denied: z
    .array(
      z.strictObject({
        breaks: broken,
        action: text,
        on: text.describe('Type of the resource, such as `foundation model`.'),
        reading: z
          .enum(['without-key', 'with-key'])
          .optional()
          .describe('The reading of the AWS documentation under which Bedrock makes the request.'),
        regions: texts.describe('Values of aws:RequestedRegion.'),
        requests: z.int().min(1),
      }),
    )
    .readonly()
    .optional()
    .describe('Every kind of request that the policy denies, once: calls of models first.'),
  remedies: z
    .array(
      z.strictObject({
        change: text,
        statement: z.record(text, z.unknown()).optional().describe('The whole statement as it is to be written.'),
        opens: text.optional().describe('What the change permits beside the intended requests.'),
      }),
    )
    .readonly()
    .optional()
    .describe('Changes that let the denied requests pass: changes of the file first.'),
};
