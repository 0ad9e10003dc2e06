import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import type { pruneDocument } from './prune-document';

const text = z.string();
const texts = z.array(text);

/** Schema of the document that `prune --json` prints. */
export const pruneSchema = schemaOf<ReturnType<typeof pruneDocument>>()(
  documentSchema('prune', {
    environment: text,
    account: text,
    region: text,
    deployed: z.int().min(0),
    stacks: z.array(
      z.strictObject({
        application: text,
        stackName: text,
        stackId: text,
        status: text,
        changed: text,
        deleted: z.boolean().optional(),
        why: text.optional(),
      }),
    ),
    foreign: texts,
  }),
);
