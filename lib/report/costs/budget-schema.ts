import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import type { budgetDocument } from './budget-document';

const text = z.string();
const texts = z.array(text);

/** What `budget --json` prints. */
export const budgetSchema = schemaOf<ReturnType<typeof budgetDocument>>()(
  documentSchema('budget', {
    environment: text,
    account: text,
    region: text,
    application: text,
    released: texts.describe('From whom the denial was detached; empty: nobody was denied.'),
    by: text.describe('ARN of who asked.'),
    at: text.optional().describe('When, in UTC.'),
    note: text.optional().describe("What became of the action of the application's budget."),
    failures: texts,
  }),
);
