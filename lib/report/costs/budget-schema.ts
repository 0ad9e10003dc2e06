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
    released: texts.describe('Principals from which the denial was detached. Empty when no principal was denied.'),
    by: text.describe('ARN of the principal that ran the command.'),
    at: text.optional().describe('Time of the release, in UTC.'),
    note: text.optional().describe('New status of the budget action.'),
    failures: texts,
  }),
);
