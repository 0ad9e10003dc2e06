import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import { problemSchema } from '../format/problem-schema';
import type { checkDocument } from './check-document';

const text = z.string();

/** Schema of the document that `check --json` prints. */
export const checkSchema = schemaOf<ReturnType<typeof checkDocument>>()(
  documentSchema('check', {
    files: z.array(z.strictObject({ file: text, valid: z.boolean(), problems: z.array(problemSchema) })),
  }),
);
