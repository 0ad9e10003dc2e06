import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import type { sandboxDocument } from './sandbox-document';

const text = z.string();

/** Schema of the document that `sandbox --json` prints. */
export const sandboxSchema = schemaOf<ReturnType<typeof sandboxDocument>>()(
  documentSchema('sandbox', {
    url: text,
    principals: z.array(z.strictObject({ name: text, arn: text, variables: z.record(text, text) })),
  }),
);
