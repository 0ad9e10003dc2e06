import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import type { budgetDocument } from './budget-document';

const text = z.string();
const texts = z.array(text);

/** Schema of the document that `budget --json` prints. */
export const budgetSchema = schemaOf<ReturnType<typeof budgetDocument>>()(
  documentSchema('budget', {
    environment: text,
    account: text,
    region: text,
    application: text,
    order: z.enum(['deny', 'release']),
    reason: text.optional().describe('Why the application is denied. Only with deny.'),
    principals: texts.describe('Principals that the denial was attached to, or detached from by a release.'),
    withoutAccess: texts.describe(
      'Principals without room for the denial: their access policies were detached, or attached again by a release.',
    ),
    by: text.describe('ARN of the principal that ran the command.'),
    at: text.optional().describe('Time of the act, in UTC.'),
    note: text.optional().describe('Further details, such as the new status of the budget action.'),
    failures: texts,
  }),
);
